"""What an answer chose of two options. What words mean is settled by the reader of words, no arithmetic of the run."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.verify.judged import Letter


def letter_of(case: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> Letter | None:
    """How the last answer to a question of two options can be read, and its letter; None for any other question."""
    options = case.get("metadata", {}).get("options")
    if not isinstance(options, list) or len(options) != 2:
        return None
    if answers and answers[-1].get("state") == "blocked":
        return "declined", ""
    if not answers or answers[-1].get("cause"):
        return "invalid", ""
    from jury.variants import read_letter

    choice = read_letter(answers[-1].get("text", ""), [_said(option) for option in options]).choice
    return {None: ("unreadable", ""), "none": ("declined", "")}.get(choice, ("chosen", str(choice)))


def _said(option: Any) -> str:
    return option.written if hasattr(option, "written") else str(option)
