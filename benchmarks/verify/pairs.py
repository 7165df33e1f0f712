"""Pairs of answers, told again from the letters they chose."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from benchmarks.verify.intervals import Values, mean_interval, plain_mean
from benchmarks.verify.judged import Judged, kinds

NOISE, POSITION = "noise_consistency", "position_swapping"
_ALSO = {NOISE: "noise_injection"}

#: What came of a pair: its cluster with 1 where it fails and 0 where it holds, or why it does not count.
Finding = tuple[str, float] | str

_CLEAN = {"", "clean", "original", "plain"}


def pairs(judged: Sequence[Judged]) -> dict[str, Any] | None:
    """The figures of either kind of pair that there are any of; None without."""
    found = {kind: findings(judged, kind) for kind in (NOISE, POSITION)}
    return {kind: pair_figures(of_kind) for kind, of_kind in found.items() if of_kind} or None


def pair_figures(found: Sequence[Finding]) -> dict[str, Any]:
    """The share that fails, and how many do not count, by reason."""
    values = failures(found)
    asd = plain_mean(values)
    return {
        "asd": asd,
        "asd_ci": mean_interval([values]),
        "par": None if asd is None else 1 - asd,
        "n": len(found),
        "counted": len(values),
        "failed": sum(failed == 1 for _, failed in values),
        "left_out": dict(Counter(one for one in found if isinstance(one, str))),
    }


def failures(found: Sequence[Finding]) -> Values:
    """The pairs that count."""
    return [one for one in found if not isinstance(one, str)]


def findings(judged: Sequence[Judged], kind: str) -> list[Finding]:
    """What came of every pair of a kind."""
    names = {kind, _ALSO.get(kind, kind)}
    own = [one for one in judged if one.letter is not None and names & kinds(one)]
    own.sort(key=lambda one: (one.case.get("group", "") or f"\0{one.case['id']}", one.case["id"]))
    told = _noise if kind == NOISE else _position
    groups = groupby(own, key=lambda one: one.case.get("group", "") or f"\0{one.case['id']}")
    return [finding for _, members in groups for finding in told(list(members))]


def _noise(members: list[Judged]) -> Iterator[Finding]:
    clean = [one for one in members if one.case.get("variant", "").casefold() in _CLEAN]
    noisy = [one for one in members if one.case.get("variant", "").casefold() not in _CLEAN]
    if len(clean) != 1 or not noisy:
        yield "incomplete"
        return
    right = str(clean[0].case.get("metadata", {}).get("gold", "")).strip().upper()
    for other in noisy:
        yield _told(clean[0], other, right)


def _told(clean: Judged, noisy: Judged, right: str) -> Finding:
    if not right:
        return "incomplete"
    for one in (clean, noisy):
        state, letter = one.letter or ("invalid", "")
        if state in {"invalid", "unreadable"}:
            return state
        if one is clean and letter.upper() != right:
            return "clean_wrong"
    return clean.cluster, float((noisy.letter or ("", ""))[1].upper() != right)


def _position(members: list[Judged]) -> Iterator[Finding]:
    if len(members) != 2:
        yield "incomplete"
        return
    told = [one.letter or ("invalid", "") for one in members]
    states = [state for state, _ in told]
    unusable = next((state for state in ("invalid", "unreadable") if state in states), None)
    if unusable:
        yield unusable
    elif states.count("declined") == 2:
        yield "both_declined"
    else:
        yield members[0].cluster, float("declined" in states or told[0] == told[1])
