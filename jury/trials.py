"""The way from a verdict to the calls it was made of."""

from collections.abc import Iterator
from typing import Any

from jury.records import Verdict


def trial_rows(verdict: Verdict) -> Iterator[dict[str, Any]]:
    """One row per call: phase, round, seat, attempt (1: the repair question), and the call's ledger key."""
    for turn, key in enumerate(verdict.answers):
        yield _row("target", turn, "target", 0, key)
    for held in verdict.rounds:
        for ballot in held.ballots:
            for attempt, key in enumerate(ballot.calls):
                yield _row(held.kind, held.index, ballot.seat, attempt, key)
    after = len(verdict.rounds)
    if verdict.tie_break is not None:
        for attempt, key in enumerate(verdict.tie_break.calls):
            yield _row("tie_break", after, verdict.tie_break.seat, attempt, key)
    if verdict.summary is not None:
        for attempt, key in enumerate(verdict.summary.calls):
            yield _row("summary", after, "foreperson", attempt, key)


def _row(phase: str, index: int, seat: str, attempt: int, key: str) -> dict[str, Any]:
    return {"phase": phase, "round": index, "seat": seat, "attempt": attempt, "call": key}
