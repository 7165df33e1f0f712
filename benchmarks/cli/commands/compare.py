"""`jury compare`: what differs between runs over the same cases, and how surely."""

from pathlib import Path
from typing import Annotated

import typer


def compare(
    runs: Annotated[list[Path], typer.Argument(help="folders of finished runs, two or more", metavar="RUN RUN…")],
    seed: Annotated[int, typer.Option(help="seed of the signs that the test draws beyond 20 clusters")] = 0,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of tables")] = False,
) -> None:
    """Compare runs case by case: paired differences with intervals and p-values, corrected for how many they are.

    Example: jury compare run-a run-b
    """
    from benchmarks.cli.comparisons import print_comparisons
    from benchmarks.compare import compare as compared
    from benchmarks.results import Results

    print_comparisons(compared([Results.read(run) for run in runs], seed=seed), as_json=json)
