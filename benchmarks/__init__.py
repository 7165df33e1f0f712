"""Benchmarks: suites, runs, metrics, reports, and the `jury` command."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from jury.shadowing import require_own

require_own("prompts", "graphs")

if TYPE_CHECKING:
    from benchmarks.answering import answer
    from benchmarks.answers import Answers
    from benchmarks.judging import judge
    from benchmarks.results import Results
    from benchmarks.runs import run
    from jury.providers.functions import function_target

__all__ = ["Answers", "Results", "answer", "function_target", "judge", "run"]

#: Where the public names live: the command's help must not wait for what it does not need.
_HOMES = {
    "Answers": "benchmarks.answers",
    "Results": "benchmarks.results",
    "answer": "benchmarks.answering",
    "function_target": "jury.providers.functions",
    "judge": "benchmarks.judging",
    "run": "benchmarks.runs",
}


def __getattr__(name: str) -> Any:
    """A public name, imported on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'benchmarks' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
