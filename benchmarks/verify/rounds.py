"""The rounds of a trial, derived again from the calls its rows name: who voted what, after hearing whom and what."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.verify.ballots import NOT_ASKED, UNASKED, UNTOLD, ballot
from benchmarks.verify.exhibits import given_to_juror
from benchmarks.verify.hearing import heard_by, seated_around
from benchmarks.verify.held import Held, answer_of
from benchmarks.verify.juries import Bench, Chair

#: Phases in which ballots are cast, in rounds.
ROUNDS = frozenset({"screening", "assessment", "deliberation", "reballot"})

STATEMENT = "statement"

#: The phase in which a clerk that is a model put exhibits into words for a seat.
CLERK = "clerk"

Round = dict[str, Any]


def rounds_of(held: Held, bench: Bench, answers: Sequence[Mapping[str, Any]]) -> list[Round]:
    """The rounds in their order."""
    table = seated_around(list(bench.seats), held.case, answers)
    neighbours = heard_by(bench.protocol["topology"], list(bench.seats), held.case, answers)
    rounds: list[Round] = []
    for (kind, index), seats in sorted(held.keys.items(), key=lambda item: item[0][1]):
        if kind in ROUNDS:
            rounds.append(_round(held, bench, kind, index, seats, table, neighbours, rounds))
    return rounds


def in_turn(kind: str, bench: Bench) -> bool:
    """Whether jurors are asked one after another in a round of that kind."""
    order = {"assessment": bench.protocol.get("opening"), "deliberation": bench.protocol.get("speaking")}
    return order.get(kind) == "in_turn"


def first_of(rounds: Sequence[Round]) -> Round:
    """The panel's first ballots; the scout's where no panel sat."""
    return next((one for one in rounds if one["kind"] == "assessment"), rounds[0])


def ballot_of(held: Held, bench: Bench, chair: Chair, keys: list[str], index: int) -> dict[str, Any]:
    """A seat's ballot in a round, by the calls that were made for it."""
    media = bench.protocol.get("jurors_see_media", True)
    given = {
        "exhibits": given_to_juror(held.case, keys, held.calls, media=media),
        "clerk_calls": clerk_calls(held, index, chair.id),
    }
    if keys == [NOT_ASKED]:
        return {"seat": chair.id, "juror": chair.name, "state": "invalid", **UNASKED, "calls": [], **given}
    said = ballot(held.calls[keys[-1]], bench.read)
    return {"seat": chair.id, "juror": chair.name, **said, "calls": keys, **given}


def clerk_calls(held: Held, index: int, seat: str) -> list[str]:
    """The calls of a clerk that a seat was handed the words of in a round."""
    return held.keys.get((CLERK, index), {}).get(seat, [])


def shown_to(rounds: Sequence[Round], at: int, seat: str) -> Any:
    """The ballots that a seat had been shown in round `at`; untold where the topology is."""
    one = rounds[at]
    if one["heard"] is UNTOLD:
        return UNTOLD
    heard, order = one["heard"].get(seat, ()), one.get("order", ())
    if not order:
        return [cast for cast in (rounds[at - 1]["ballots"] if at else ()) if cast["seat"] in heard]
    said = [cast for earlier in rounds[:at] if earlier["kind"] == "deliberation" for cast in earlier["ballots"]]
    before = set(order[: order.index(seat)])
    return [
        cast for cast in (*said, *(now for now in one["ballots"] if now["seat"] in before)) if cast["seat"] in heard
    ]


def _round(
    held: Held,
    bench: Bench,
    kind: str,
    index: int,
    seats: Mapping[str, list[str]],
    table: Sequence[str],
    neighbours: Any,
    earlier: Sequence[Round],
) -> Round:
    order = _order(kind, bench, seats, table, earlier)
    chairs = {seat: bench.scout if kind == "screening" else bench.seats[seat] for seat in sorted(seats)}
    return {
        "kind": kind,
        "index": index,
        "ballots": [ballot_of(held, bench, chair, seats[seat], index) for seat, chair in chairs.items()],
        "heard": _heard(kind, bench, order, neighbours, earlier),
        "order": order,
        "statements": list(_statements(held, bench, index)),
    }


def _order(
    kind: str, bench: Bench, seats: Mapping[str, Any], table: Sequence[str], earlier: Sequence[Round]
) -> list[str]:
    """The seats as they spoke where it was one after another: a scout that has spoken already comes first."""
    if not in_turn(kind, bench):
        return []
    scouted = [one["seat"] for one in earlier[-1]["ballots"]] if earlier and earlier[-1]["kind"] == "screening" else []
    ahead = [seat for seat in scouted if seat in seats]
    return [*ahead, *(seat for seat in table if seat in seats and seat not in ahead)]


def _heard(kind: str, bench: Bench, order: Sequence[str], neighbours: Any, earlier: Sequence[Round]) -> Any:
    if kind in {"screening", "assessment"} or bench.protocol.get("forum"):
        return {}
    if neighbours is UNTOLD or not order or any(one["kind"] == "deliberation" for one in earlier):
        return neighbours
    return {seat: [other for other in neighbours[seat] if other in order[:place]] for place, seat in enumerate(order)}


def _statements(held: Held, bench: Bench, index: int) -> Iterator[dict[str, Any]]:
    """What was said before the ballots, in its order."""
    for place, keys in sorted(held.keys.get((STATEMENT, index), {}).items(), key=lambda item: _place(item[0])):
        who = place.partition(":")[2]
        unasked = keys == [NOT_ASKED]
        answer = UNASKED if unasked else answer_of(held, keys[-1])
        yield {
            "seat": who,
            "speaker": who if who not in bench.seats else UNTOLD,
            "text": answer.get("text", ""),
            "cause": answer.get("cause"),
            "calls": [] if unasked else keys,
            "clerk_calls": clerk_calls(held, index, place),
        }


def _place(seat: str) -> int:
    return int(seat.partition(":")[0])
