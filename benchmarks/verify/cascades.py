"""What a scout saved and what that cost, counted again from derived verdicts."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.verify.judged import Judged
from benchmarks.verify.juries import positives
from benchmarks.verify.rates import rates

_CUTOFFS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.995, 0.999)

#: Below any confidence.
_NEVER = float("-inf")


def cascades(judged: Sequence[Judged], rubric: Mapping[str, Any]) -> dict[str, Any] | None:
    """Cases decided without the panel, and what any cutoff up to the run's would have saved; None without a scout."""
    held = [(one, one.verdict["rounds"]) for one in judged if one.verdict.get("rounds")]
    scouted = [(one, rounds) for one, rounds in held if rounds[0]["kind"] == "screening"]
    if not scouted:
        return None
    alone = [_sureness(rounds) for _, rounds in scouted if len(rounds) == 1]
    benches = [len(rounds[1]["ballots"]) for _, rounds in scouted if len(rounds) > 1]
    last = min([*alone, 1.0])
    cutoffs = [cutoff for cutoff in _CUTOFFS if cutoff <= min([*alone, float("inf")])] + [last]
    curve = [_at(scouted, cutoff, rubric) for cutoff in cutoffs]
    final = curve[-1]["f1"]
    return {
        "cases": len(scouted),
        "scout_alone": len(alone),
        "panel_seats": max(benches, default=0),
        "ballots_saved": len(alone) * max(benches, default=0),
        "curve": [{**point, "f1_cost": None if final is None else final - point["f1"]} for point in curve],
    }


def _at(scouted: Sequence[tuple[Judged, Any]], cutoff: float, rubric: Mapping[str, Any]) -> dict[str, Any]:
    believed = [len(rounds) == 1 or _sureness(rounds) >= cutoff for _, rounds in scouted]
    table: dict[tuple[str, str | None], float] = {}
    for (one, rounds), by_scout in zip(scouted, believed, strict=True):
        if one.truth is not None:
            pair = (one.truth, rounds[0]["ballots"][0].get("choice") if by_scout else one.choice)
            table[pair] = table.get(pair, 0) + 1
    found = rates(table.items(), positives(rubric)) if table else {}
    return {
        "screen": cutoff,
        "saved": believed.count(True) / len(believed),
        **{name: found.get(name) for name in ("f1", "precision", "recall")},
    }


def _sureness(rounds: Sequence[Mapping[str, Any]]) -> float:
    ballot = rounds[0]["ballots"][0]
    confidence = ballot.get("confidence")
    return float(confidence) if ballot.get("choice") and confidence is not None else _NEVER
