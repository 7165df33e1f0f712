"""The course of a trial: which rounds its protocol calls for, given what was said in those before."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.verify.decisions import needed, outcome
from benchmarks.verify.juries import Bench

Round = Mapping[str, Any]

#: Tie-breaks that ask somebody.
_ASKED = frozenset({"foreperson", "alternate"})


def irregularities(verdict: Mapping[str, Any], bench: Bench) -> Iterator[str]:
    """What was held otherwise than the protocol says, in words; nothing where there was nothing to judge."""
    rounds = verdict.get("rounds", [])
    if not rounds:
        return
    if rounds[0]["kind"] != "assessment":
        yield f"opens with {rounds[0]['kind']}"
    for at, held in enumerate(rounds):
        if held["index"] != at or [ballot["seat"] for ballot in held["ballots"]] != sorted(bench.seats):
            yield f"{held['kind']} round {held['index']} is not the one round {at} of every seat"
        following = rounds[at + 1]["kind"] if at + 1 < len(rounds) else None
        if (due := _due(rounds[: at + 1], bench)) != following:
            yield f"{due or 'nothing'} is due after round {at}, but {following or 'nothing'} follows"
    hung = outcome(rounds[-1]["ballots"], len(bench.seats), bench.jury)["state"] == "hung"
    yield from _closing("tie-break", verdict["tie_break"], due=hung and bench.rule["tie_break"] in _ASKED)
    yield from _closing("summary", verdict["summary"], due=bench.protocol["summary"])


def _due(held: Sequence[Round], bench: Bench) -> str | None:
    """The kind of round that follows those held, None if the panel goes over to its verdict."""
    protocol, last = bench.protocol, held[-1]
    settled = _settled(last, protocol["settled"], len(bench.seats))
    if last["kind"] == "reballot" or (len(held) == 1 and settled):
        return None
    if not settled and len(held) <= protocol["rounds"]:
        return "deliberation"
    return "reballot" if len(held) > 1 and protocol["reballot"] == "sealed" else None


def _settled(last: Round, share: float | None, seats: int) -> bool:
    agreeing = Counter(ballot["choice"] for ballot in last["ballots"] if ballot["state"] == "cast")
    return share is not None and max(agreeing.values(), default=0) >= needed(share, seats)


def _closing(what: str, given: Any, *, due: bool) -> Iterator[str]:
    if due != (given is not None):
        yield f"a {what} is {'due' if due else 'not due'}, but there is {'one' if given else 'none'}"
