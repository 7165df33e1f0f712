"""Holding a run for a command: progress while it goes on, its results at the end."""

import sys

import typer

from benchmarks.cli.exits import TOO_MANY_INVALID
from benchmarks.cli.logs import log_to_stderr
from benchmarks.cli.progress import Progress, warn
from benchmarks.cli.tables import print_results
from benchmarks.results import Results
from benchmarks.runs import held
from benchmarks.settings import RunSettings


async def hold(settings: RunSettings) -> Results:
    """The results of a run whose progress is shown."""
    log_to_stderr()
    with Progress(settings.in_flight) as progress:
        return await held(settings, progress)


def finish(results: Results, *, as_json: bool, max_invalid: float | None) -> None:
    """Print the results; leave with exit code 4 if more ballots are invalid than allowed."""
    if as_json:
        sys.stdout.write((results.folder / "results.json").read_text(encoding="utf-8") + "\n")
    else:
        print_results(results)
    invalid, ballots = invalid_ballots(results)
    allowed = max_invalid if max_invalid is None or max_invalid >= 1 else max_invalid * ballots
    if allowed is not None and invalid > allowed:
        warn(f"{invalid} of {ballots} ballots are invalid, more than --max-invalid {max_invalid:g} allows")
        raise typer.Exit(TOO_MANY_INVALID)


def invalid_ballots(results: Results) -> tuple[int, int]:
    """How many first ballots are invalid, and how many there are."""
    jurors = results.document["jurors"].values()
    invalid = sum(juror["invalid"] for juror in jurors)
    return invalid, invalid + sum(juror["cast"] + juror["abstained"] for juror in jurors)
