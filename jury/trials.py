"""The way from a verdict to the calls it was made of."""

from collections.abc import Iterable, Iterator
from typing import Any

from jury.hashing import sha256_of_json
from jury.records import Jury, Transcript, Verdict

#: What stands in the place of a call's key where a juror's model was out of service and nobody was asked.
NOT_ASKED = ""

#: The phase in which the target answers, and its seat.
TARGET = "target"

#: The phase in which a clerk puts images and clips into words for a seat that does not take them.
CLERK = "clerk"

#: The phase of what is said in a forum; a seat there is the statement's place in its round, and who made it.
STATEMENT = "statement"


def trial_id(jury: Jury, transcript: Transcript) -> str:
    """64 hex digits that name a trial by who judges what."""
    return sha256_of_json([jury.content_hash, transcript.content_hash])


def trial_rows(verdict: Verdict) -> Iterator[dict[str, Any]]:
    """One row per call: phase, round, seat, attempt (0: the question, from 1 on: asked again), and the call's ledger key.

    Who was to speak and could not be asked has one row without a key, so that the ledger tells it from a lost row.
    """
    yield from target_rows(verdict.answers)
    for held in verdict.rounds:
        for place, said in enumerate(held.statements):
            speaker = f"{place:02d}:{said.seat}"
            yield from _clerk_rows(said.clerk_calls, held.index, speaker)
            for attempt, key in enumerate(said.calls or (NOT_ASKED,)):
                yield _row(STATEMENT, held.index, speaker, attempt, key)
        for ballot in held.ballots:
            yield from _clerk_rows(ballot.clerk_calls, held.index, ballot.seat)
            for attempt, key in enumerate(ballot.calls or (NOT_ASKED,)):
                yield _row(held.kind, held.index, ballot.seat, attempt, key)
    after = len(verdict.rounds)
    if verdict.tie_break is not None:
        yield from _clerk_rows(verdict.tie_break.clerk_calls, after, verdict.tie_break.seat)
        for attempt, key in enumerate(verdict.tie_break.calls or (NOT_ASKED,)):
            yield _row("tie_break", after, verdict.tie_break.seat, attempt, key)
    if verdict.summary is not None:
        for attempt, key in enumerate(verdict.summary.calls or (NOT_ASKED,)):
            yield _row("summary", after, "foreperson", attempt, key)


def target_rows(keys: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One row per answer of the target: the turn, and its call's ledger key."""
    for turn, key in enumerate(keys):
        yield _row(TARGET, turn, TARGET, 0, key)


def _clerk_rows(keys: Iterable[str], index: int, seat: str) -> Iterator[dict[str, Any]]:
    for attempt, key in enumerate(keys):
        yield _row(CLERK, index, seat, attempt, key)


def _row(phase: str, index: int, seat: str, attempt: int, key: str) -> dict[str, Any]:
    return {"phase": phase, "round": index, "seat": seat, "attempt": attempt, "call": key}
