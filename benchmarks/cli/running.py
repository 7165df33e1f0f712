"""Holding a run for a command: progress while it goes on, its results at the end."""

import sys
from pathlib import Path

from benchmarks.answering import asked
from benchmarks.answers import Answers
from benchmarks.cli.answers import print_answers
from benchmarks.cli.progress import Progress
from benchmarks.cli.tables import print_results
from benchmarks.cli.validity import leave_if_too_many, leave_unless_answered, leave_unless_judged
from benchmarks.folders import store_of
from benchmarks.judging import judged
from benchmarks.results import RESULTS, Results
from benchmarks.runs import held
from benchmarks.settings import AnswerSettings, JudgeSettings, RunSettings
from jury.ledger.address import address_in


async def hold(settings: RunSettings, repeats: Path | None = None) -> Results:
    """The results of a run whose progress is shown; `repeats` is the manifest of a run that it takes up."""
    with Progress(settings.in_flight, repeats=repeats) as progress:
        return await held(settings, progress)


async def collect(settings: AnswerSettings) -> Answers:
    """The answers of a target; progress is shown while they come."""
    with Progress(settings.in_flight) as progress:
        return await asked(settings, progress)


async def hold_jury(settings: JudgeSettings) -> Results:
    """The results of one more jury over a run's answers, whose progress is shown."""
    with Progress(settings.in_flight) as progress:
        return await judged(settings, progress)


def show(results: Results, *, as_json: bool) -> None:
    """Print the results as one JSON object or as tables."""
    if as_json:
        sys.stdout.write((results.folder / RESULTS).read_text(encoding="utf-8") + "\n")
    else:
        print_results(results)


def finish(results: Results, *, as_json: bool, max_invalid: float | None) -> None:
    """Print the results and where they are; leave with exit code 4 if nothing could be judged, or too much is invalid."""
    show(results, as_json=as_json)
    if not as_json:
        sys.stdout.write(f"Kept in {results.folder}: {_files(results.folder)}\n")
    leave_unless_judged([results.document])
    leave_if_too_many(*invalid_ballots(results), "ballots", max_invalid)


def finish_answers(answers: Answers, *, as_json: bool, max_invalid: float | None) -> None:
    """Print what was collected; leave with exit code 4 if there is no answer, or more are invalid than allowed."""
    print_answers(answers, as_json=as_json)
    counts = answers.document["counts"]
    leave_unless_answered(answers.document)
    leave_if_too_many(counts["invalid"], counts["cases"], "answers", max_invalid)


def _files(folder: Path) -> str:
    store = store_of(folder)
    ledger = address_in(store)
    elsewhere = "" if store == folder or ledger.shared else f" in {store}"
    return f"results.json, verdicts.jsonl, {ledger.called}{elsewhere}"


def invalid_ballots(results: Results) -> tuple[int, int]:
    """How many first ballots are invalid, of how many; where there was no answer to judge, every seat's counts as such."""
    jurors = results.document["jurors"].values()
    unanswered = results.document["counts"]["invalid"] * max(1, len(jurors))
    invalid = unanswered + sum(juror["invalid"] for juror in jurors)
    return invalid, invalid + sum(juror["cast"] + juror["abstained"] for juror in jurors)
