"""The course of a trial: which rounds its protocol calls for, given what was said in those before."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.verify.decisions import needed, outcome
from benchmarks.verify.juries import Bench

Round = Mapping[str, Any]

#: Tie-breaks that ask somebody.
_ASKED = frozenset({"foreperson", "alternate"})

#: Who speaks in a forum whose speakers are always the same.
_SPEAKERS = {"advocates": ["critic", "defender"], "moderator": ["moderator"]}


def irregularities(verdict: Mapping[str, Any], bench: Bench) -> Iterator[str]:
    """What was held otherwise than the protocol says, in words; nothing where there was nothing to judge."""
    rounds = verdict.get("rounds", [])
    if not rounds:
        return
    opening = "assessment" if bench.protocol.get("screen") is None else "screening"
    if rounds[0]["kind"] != opening:
        yield f"opens with {rounds[0]['kind']}"
    for at, held in enumerate(rounds):
        if held["index"] != at or not _asked_rightly(held, bench):
            yield f"{held['kind']} round {held['index']} is not the one round {at} of every seat"
        yield from _forum(held, bench)
        following = rounds[at + 1]["kind"] if at + 1 < len(rounds) else None
        due = _due(rounds[: at + 1], bench)
        if following not in due:
            expected = " or ".join(sorted(kind or "nothing" for kind in due))
            yield f"{expected} is due after round {at}, but {following or 'nothing'} follows"
    hung = rounds[-1]["kind"] != "screening" and _outcome(rounds[-1], bench)["state"] == "hung"
    yield from _closing("tie-break", verdict["tie_break"], due=hung and bench.rule["tie_break"] in _ASKED)
    yield from _closing("summary", verdict["summary"], due=bench.protocol["summary"])


def is_sure(held: Round, bench: Bench) -> bool:
    """Whether the scout of a screening names a choice and is as confident as the protocol wants it."""
    ballot, least = held["ballots"][0], bench.protocol.get("screen")
    sure = ballot.get("confidence")
    return ballot.get("choice") is not None and sure is not None and least is not None and bool(sure >= least)


def _asked_rightly(held: Round, bench: Bench) -> bool:
    """Whether those have voted who are to: the scout, all seats, or in a poll in turn as many as it took."""
    asked, order = [ballot["seat"] for ballot in held["ballots"]], held.get("order", [])
    if held["kind"] == "screening":
        return asked == [bench.scout.id]
    if held["kind"] != "assessment" or not order:
        return asked == sorted(bench.seats)
    votes = {ballot["seat"]: ballot for ballot in held["ballots"]}
    open_before = _outcome({"ballots": [votes[seat] for seat in order[:-1]]}, bench)["state"] != "decided"
    closed = len(asked) == len(bench.seats) or _outcome(held, bench)["state"] == "decided"
    return sorted(order) == asked and (open_before or len(order) == 1) and closed


def _forum(held: Round, bench: Bench) -> Iterator[str]:
    """Who spoke before the ballots, if it is known who should have."""
    name = (bench.protocol.get("forum") or "").partition(":")[0]
    said = [statement["seat"] for statement in held.get("statements", ())]
    if held["kind"] != "deliberation" or not name:
        if said:
            yield f"{said[0]} speaks in round {held['index']}, where nobody is to"
    elif name in _SPEAKERS and said != _SPEAKERS[name]:
        yield f"{' and '.join(_SPEAKERS[name])} are to speak in round {held['index']}, but {' and '.join(said) or 'nobody'} did"


def _due(held: Sequence[Round], bench: Bench) -> set[str | None]:
    """The kinds of round that may follow those held, None where the panel may go over to its verdict."""
    protocol, last = bench.protocol, held[-1]
    if last["kind"] == "screening":
        return {None if is_sure(last, bench) else "assessment"}
    if last["kind"] == "reballot" or len(last["ballots"]) < len(bench.seats):
        return {None}
    argued = sum(one["kind"] == "deliberation" for one in held)
    ending = "reballot" if argued and protocol["reballot"] == "sealed" else None
    if argued >= protocol["rounds"]:
        return {ending}
    stops = [_stopped(stop, held, bench) for stop in protocol.get("stops", ())]
    if _settled(last, protocol["settled"], len(bench.seats)) or True in stops:
        return {ending}
    return {"deliberation", ending} if None in stops else {"deliberation"}


def _stopped(stop: str, held: Sequence[Round], bench: Bench) -> bool | None:
    """Whether a stop ends deliberation; None for one that this can't tell: a budget, or one from elsewhere."""
    name, _, written = stop.partition(":")
    value = written.rpartition("=")[2]
    if name == "stable":
        return _is_stable(held, int(float(value or 1)))
    if name == "settled":
        return _settled(held[-1], float(value), len(bench.seats))
    return _outcome(held[-1], bench)["state"] == "decided" if name == "decided" else None


def _is_stable(held: Sequence[Round], rounds: int) -> bool:
    full = [one for one in held if one["kind"] != "screening"][-rounds - 1 :]
    votes = [{ballot["seat"]: (ballot["state"], ballot.get("choice")) for ballot in one["ballots"]} for one in full]
    return len(full) == rounds + 1 and all(vote == votes[0] for vote in votes)


def _outcome(held: Round, bench: Bench) -> dict[str, Any]:
    return outcome(held["ballots"], len(bench.seats), bench.jury)


def _settled(last: Round, share: float | None, seats: int) -> bool:
    agreeing = Counter(ballot["choice"] for ballot in last["ballots"] if ballot["state"] == "cast")
    return share is not None and max(agreeing.values(), default=0) >= needed(share, seats)


def _closing(what: str, given: Any, *, due: bool) -> Iterator[str]:
    if due != (given is not None):
        yield f"a {what} is {'due' if due else 'not due'}, but there is {'one' if given else 'none'}"
