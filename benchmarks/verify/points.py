"""Rules that add up weights or points, in closed form: a leader must beat every rival at its worst."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

Ballots = Sequence[Mapping[str, Any]]


def top(ballot: Mapping[str, Any]) -> Any:
    """The choice of a ballot, the first of its ranking, or the one that alone has the highest score."""
    said = ballot.get("choice") or next(iter(ballot.get("ranking") or ()), None)
    scores = ballot.get("scores") or {}
    if said or not scores:
        return said
    (best, highest), *others = sorted(scores.items(), key=lambda item: -item[1])
    return None if others and others[0][1] == highest else best


def _weighted(ballots: Ballots, seats: int, rule: Mapping[str, Any], rubric: Mapping[str, Any]) -> str | None:
    """More than half of all weight, which those who have not voted can only take from nobody."""
    weights = rule["weights"]
    whole = sum(map(Fraction, weights.values())) if weights else Fraction(seats)
    for choice in rubric["choices"]:
        mine = (ballot for ballot in ballots if ballot["state"] == "cast" and top(ballot) == choice)
        if 2 * sum(Fraction(weights[ballot["juror"]]) if weights else 1 for ballot in mine) > whole:
            return str(choice)
    return None


def _borda(ballots: Ballots, seats: int, _: Mapping[str, Any], rubric: Mapping[str, Any]) -> str | None:
    return _ahead(
        [_places(one, rubric["choices"]) for one in ballots if one["state"] == "cast"], ballots, seats, rubric
    )


def _approval(ballots: Ballots, seats: int, _: Mapping[str, Any], rubric: Mapping[str, Any]) -> str | None:
    approved = [_approved(one) for one in ballots if one["state"] == "cast"]
    points = [{choice: Fraction(choice in liked) for choice in rubric["choices"]} for liked in approved]
    return _ahead(points, ballots, seats, rubric, swing=1)


def _ahead(
    given: Sequence[Mapping[str, Fraction]],
    ballots: Ballots,
    seats: int,
    rubric: Mapping[str, Any],
    swing: int | None = None,
) -> str | None:
    """The choice that stays ahead of every rival even if each open seat gives that rival `swing` points more."""
    still = seats - sum(ballot["state"] != "invalid" for ballot in ballots)
    worst = still * (len(rubric["choices"]) - 1 if swing is None else swing)
    sums = {choice: sum((one[choice] for one in given), Fraction()) for choice in rubric["choices"]}
    for choice, points in sums.items():
        if all(points > other + worst for rival, other in sums.items() if rival != choice):
            return str(choice)
    return None


def _places(ballot: Mapping[str, Any], choices: Sequence[str]) -> dict[str, Fraction]:
    """For every choice the number of others it is ranked above, one half for each it is level with."""
    height = _heights(ballot, choices)
    return {
        choice: sum(
            (Fraction(1) if height[choice] > height[other] else Fraction(1, 2) if height[choice] == height[other] else Fraction())
            for other in choices
            if other != choice
        )
        + Fraction()
        for choice in choices
    }  # fmt: skip


def _heights(ballot: Mapping[str, Any], choices: Sequence[str]) -> dict[str, float]:
    ranking, scores = ballot.get("ranking") or (), ballot.get("scores") or {}
    if ranking:
        return {choice: -list(ranking).index(choice) if choice in ranking else -len(choices) for choice in choices}
    if scores:
        return {choice: scores.get(choice, float("-inf")) for choice in choices}
    return {choice: float(choice == ballot.get("choice")) for choice in choices}


def _approved(ballot: Mapping[str, Any]) -> set[str]:
    scores = ballot.get("scores") or {}
    if scores:
        return {choice for choice, score in scores.items() if score >= 0.5}
    return set(ballot.get("ranking") or (ballot.get("choice"),))


BY_POINTS: dict[str, Callable[[Ballots, int, Mapping[str, Any], Mapping[str, Any]], str | None]] = {
    "weighted": _weighted,
    "borda": _borda,
    "approval": _approval,
}
