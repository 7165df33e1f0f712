"""Benchmarks: suites, runs, metrics, reports, and the `jury` command."""

from typing import TYPE_CHECKING, Any

from jury.shadowing import require_own

require_own("prompts", "graphs")

if TYPE_CHECKING:
    from benchmarks.results import Results
    from benchmarks.runs import run

__all__ = ["Results", "run"]


def __getattr__(name: str) -> Any:
    """The public names, imported on first use: the command's help must not wait for what it does not need."""
    if name == "run":
        from benchmarks.runs import run

        return run
    if name == "Results":
        from benchmarks.results import Results

        return Results
    raise AttributeError(f"module 'benchmarks' has no attribute {name!r}")
