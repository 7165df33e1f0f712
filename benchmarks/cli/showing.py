"""Picking the trial of a run that is most worth reading."""

from benchmarks.cli.transcripts import print_trial
from benchmarks.results import Results
from jury.records import Verdict


def print_most_disputed(results: Results) -> None:
    """Print the trial in which most minds changed; among those, the one with most rounds and least margin."""
    verdicts = list(results.verdicts())
    if verdicts:
        disputed = max(verdicts, key=_dispute)
        print_trial(results.transcript(disputed), disputed)


def _dispute(verdict: Verdict) -> tuple[int, int, float]:
    return len(verdict.changed), len(verdict.rounds), -verdict.outcome.margin
