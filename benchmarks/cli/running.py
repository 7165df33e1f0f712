"""Holding a run for a command: progress while it goes on, its results at the end."""

import sys

import typer

from benchmarks.cli.exits import TOO_MANY_INVALID
from benchmarks.cli.progress import Progress, warn
from benchmarks.cli.tables import print_results
from benchmarks.results import RESULTS, Results
from benchmarks.runs import held
from benchmarks.settings import RunSettings


async def hold(settings: RunSettings) -> Results:
    """The results of a run whose progress is shown."""
    with Progress(settings.in_flight) as progress:
        return await held(settings, progress)


def show(results: Results, *, as_json: bool) -> None:
    """Print the results as one JSON object or as tables."""
    if as_json:
        sys.stdout.write((results.folder / RESULTS).read_text(encoding="utf-8") + "\n")
    else:
        print_results(results)


def finish(results: Results, *, as_json: bool, max_invalid: float | None) -> None:
    """Print the results and where they are; leave with exit code 4 if more ballots are invalid than allowed."""
    show(results, as_json=as_json)
    if not as_json:
        sys.stdout.write(f"Kept in {results.folder}: results.json, verdicts.jsonl, ledger.sqlite\n")
    invalid, ballots = invalid_ballots(results)
    allowed = max_invalid if max_invalid is None or max_invalid >= 1 else max_invalid * ballots
    if allowed is not None and invalid > allowed:
        warn(f"{invalid} of {ballots} ballots are invalid, more than --max-invalid {max_invalid:g} allows")
        raise typer.Exit(TOO_MANY_INVALID)


def invalid_ballots(results: Results) -> tuple[int, int]:
    """How many first ballots are invalid, of how many; where there was no answer to judge, every seat's counts as such."""
    jurors = results.document["jurors"].values()
    unanswered = results.document["counts"]["invalid"] * max(1, len(jurors))
    invalid = unanswered + sum(juror["invalid"] for juror in jurors)
    return invalid, invalid + sum(juror["cast"] + juror["abstained"] for juror in jurors)
