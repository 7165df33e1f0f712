"""The causes of invalid answers and ballots, counted again from derived verdicts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.verify.ballots import UNTOLD
from benchmarks.verify.judged import Judged
from benchmarks.verify.juries import Bench

#: Characters of an example.
_LONGEST = 300


def causes(judged: Sequence[Judged], bench: Bench) -> list[dict[str, Any]]:
    """Every cause with its model, the most frequent first; `judged` in the order of the source."""
    chairs = [*bench.seats.values(), bench.alternate, bench.foreperson, bench.scout]
    models = {chair.id: chair.model for chair in chairs if chair is not None}
    found: dict[tuple[str, str, str], list[str]] = {}
    for one in judged:
        for model, part, cause in _invalid(one, models):
            found.setdefault((model, part, str(cause["kind"])), []).append(cause.get("detail", ""))
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        {
            "model": model,
            "part": part,
            "cause": kind,
            "count": len(details),
            "example": next((detail[:_LONGEST] for detail in details if detail), ""),
        }
        for (model, part, kind), details in ordered
    ]


def _invalid(one: Judged, models: Mapping[str, str]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    outcome = one.verdict["outcome"]
    if outcome["state"] == "invalid" and outcome.get("cause"):
        yield one.verdict["target"], "answer", _told(outcome["cause"], one.recorded.get("outcome", {}).get("cause"))
    recorded = {(place, ballot["seat"]): ballot for place, ballot in _ballots(one.recorded)}
    for place, ballot in _ballots(one.verdict):
        if ballot.get("cause"):
            said = recorded.get((place, ballot["seat"]), {}).get("cause")
            yield models.get(ballot["seat"], ""), "ballot", _told(ballot["cause"], said)


def _ballots(verdict: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Every ballot with the number of its round; one that a scout cast before it sat on the panel is not counted twice."""
    rounds = verdict.get("rounds", [])
    panel = {ballot["seat"] for ballot in rounds[1]["ballots"]} if len(rounds) > 1 else set()
    for number, held in enumerate(rounds):
        for ballot in held["ballots"]:
            if held["kind"] != "screening" or ballot["seat"] not in panel:
                yield number, ballot
    if verdict.get("tie_break"):
        yield len(rounds), verdict["tie_break"]


def _told(derived: Mapping[str, Any], recorded: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """A cause; where the calls leave something of it open, what is on record."""
    kind, detail = derived["kind"], derived.get("detail", "")
    known = recorded or {}
    return {
        "kind": known.get("kind", "") if isinstance(kind, frozenset) else kind,
        "detail": known.get("detail", "") if detail is UNTOLD else detail,
    }
