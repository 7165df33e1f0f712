"""Leaving a command with an exit code that says whether what it finished is worth anything."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import typer

from benchmarks.cli.exits import ExitCode
from benchmarks.cli.printable import on_one_line
from benchmarks.cli.progress import warn
from benchmarks.folders import JURIES
from benchmarks.results import RESULTS, Results

Document = Mapping[str, Any]

#: Characters of a provider's sentence that a warning quotes.
QUOTED = 300


def leave_unless_judged(documents: Iterable[Document]) -> None:
    """Leave with exit code 4 if there is a run without any case that had a valid answer and enough valid ballots.

    A hung jury had; so had a case whose target was blocked, where that counts like a refusal.
    """
    for document in documents:
        counts = document["counts"]
        if counts["cases"] and not counts["decided"] + counts["hung"]:
            warn(f"no case of {document['source']} could be judged{_because(document)}")
            raise typer.Exit(ExitCode.TOO_FEW_VALID)


def leave_unless_answered(document: Document) -> None:
    """Leave with exit code 4 if a target has answered no case; a block is an answer."""
    counts = document["counts"]
    if counts["cases"] == counts["invalid"] > 0:
        kind, example = next(iter(document.get("examples", {}).items()), ("", ""))
        warn(f"no case of {document['source']} was answered{_reason(document['target'], kind, example)}")
        raise typer.Exit(ExitCode.TOO_FEW_VALID)


def leave_if_too_many(invalid: int, of: int, what: str, allowed: float | None) -> None:
    """Leave with exit code 4 if more are invalid than `--max-invalid` allows: a number, or a share below 1."""
    most = allowed if allowed is None or allowed >= 1 else allowed * of
    if most is not None and invalid > most:
        warn(f"{invalid} of {of} {what} are invalid, more than --max-invalid {allowed:g} allows")
        raise typer.Exit(ExitCode.TOO_FEW_VALID)


def documents_below(folder: Path) -> list[Document]:
    """The results of a run's folder and of the juries that judged its answers."""
    places = [folder, *sorted((folder / JURIES).glob("*"))]
    return [Results.read(place).document for place in places if (place / RESULTS).is_file()]


def _because(document: Document) -> str:
    causes = document.get("causes") or [{"model": "", "cause": "", "example": ""}]
    return _reason(causes[0]["model"], causes[0]["cause"], causes[0]["example"])


def _reason(model: str, cause: str, example: str) -> str:
    """The most frequent cause in its provider's words, and the way out."""
    if not cause:
        return ""
    said = f"{cause.replace('_', ' ')}: {example}" if example else cause.replace("_", " ")
    named = f" of {on_one_line(model, 100)}" if model else ""
    return f"; most often{named}: {on_one_line(said, QUOTED)} (mend that, and the same command with --retry-invalid asks again)"
