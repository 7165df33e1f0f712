"""From ballots to an outcome, in closed form: no vote that might still come is played through one by one.

Every rule is monotone, so the votes that might still come matter at their worst only: all of them for the
strongest rival, or (for ratings) so many at either end of the scale.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from benchmarks.verify.points import BY_POINTS, top

Ballots = Sequence[Mapping[str, Any]]


def outcome(ballots: Ballots, seats: int, jury: Mapping[str, Any]) -> dict[str, Any]:
    """What the ballots of a panel amount to. Raises `ValueError` for a rule that is not among the shipped ones."""
    rule, rubric = jury["rule"], jury["rubric"]
    tally = Counter(choice for ballot in ballots if ballot["state"] == "cast" and (choice := top(ballot)) is not None)
    abstained = sum(ballot["state"] == "abstain" for ballot in ballots)
    voted = sum(ballot["state"] != "invalid" for ballot in ballots)
    open_seats = seats - voted
    if rule["name"] in BY_POINTS:
        choice = BY_POINTS[rule["name"]](ballots, seats, rule, rubric)
    elif rule["name"] in _BY_CHOICE:
        choice = _BY_CHOICE[rule["name"]](tally, open_seats, seats, rule["args"], rubric)
    elif rule["name"] in _TYPICAL:
        choice = _by_rating(ballots, seats - abstained, rule, rubric)
    else:
        raise ValueError(f"rule {rule['name']!r} is not one that can be checked")
    quorum = voted >= needed(rule["quorum"], seats)
    ranked = sorted((tally[choice] for choice in rubric["choices"]), reverse=True)
    return {
        "state": "decided" if choice else "hung" if quorum else "no_quorum",
        "choice": choice,
        "decided_by": "rule" if choice else "",
        "margin": (ranked[0] - ranked[1]) / seats,
        "tally": dict(tally),
        "abstained": abstained,
        "invalid": sum(ballot["state"] == "invalid" for ballot in ballots),
    }


def with_tie_broken(hung: dict[str, Any], choice: str | None, by: str, choices: Sequence[str]) -> dict[str, Any]:
    """A hung outcome decided for a choice that nobody leads over; else as it was."""
    votes = {each: hung["tally"].get(each, 0) for each in choices}
    if hung["state"] != "hung" or choice is None or votes[choice] < max(votes.values()):
        return hung
    return {**hung, "state": "decided", "choice": choice, "decided_by": f"tie_break:{by}"}


def needed(share: float, seats: int) -> int:
    """The least number of seats that is at least a share of them."""
    exact = Fraction(share).limit_denominator(10_000)
    return -(-exact.numerator * seats // exact.denominator)


Tally = Counter[str]


def _plurality(tally: Tally, still: int, _: int, __: Mapping[str, Any], rubric: Mapping[str, Any]) -> str | None:
    """Ahead of every rival even if all open seats vote for that one."""
    for choice in rubric["choices"]:
        if all(tally[choice] > tally[rival] + still for rival in rubric["choices"] if rival != choice):
            return str(choice)
    return None


def _majority(tally: Tally, _: int, seats: int, __: Mapping[str, Any], ___: Mapping[str, Any]) -> str | None:
    return _reaching(tally, seats // 2 + 1)


def _supermajority(tally: Tally, _: int, seats: int, args: Mapping[str, Any], __: Mapping[str, Any]) -> str | None:
    return _reaching(tally, needed(args.get("q", 2 / 3), seats))


def _unanimity(tally: Tally, _: int, seats: int, __: Mapping[str, Any], ___: Mapping[str, Any]) -> str | None:
    return _reaching(tally, seats)


def _any(tally: Tally, still: int, _: int, args: Mapping[str, Any], rubric: Mapping[str, Any]) -> str | None:
    """Positive once enough say so; negative once that is out of reach and somebody voted so."""
    positive, enough = rubric["positive"], args.get("k", 1)
    (negative,) = (choice for choice in rubric["choices"] if choice != positive)
    if tally[positive] >= enough:
        return str(positive)
    return str(negative) if tally[positive] + still < enough and tally[negative] else None


def _reaching(tally: Tally, enough: int) -> str | None:
    return next((choice for choice, votes in tally.items() if votes >= enough), None)


_BY_CHOICE: dict[str, Callable[[Tally, int, int, Mapping[str, Any], Mapping[str, Any]], str | None]] = {
    "plurality": _plurality,
    "strict_majority": _majority,
    "supermajority": _supermajority,
    "unanimity": _unanimity,
    "any": _any,
}


def _by_rating(ballots: Ballots, voters: int, rule: Mapping[str, Any], rubric: Mapping[str, Any]) -> str | None:
    """The side on which the typical rating lies however the open seats rate; `voters` are all who do not abstain."""
    scale, args = rubric["rating"], rule["args"]
    given = [ballot["rating"] for ballot in ballots if ballot.get("rating") is not None]
    limit = args.get("threshold", scale["threshold"])
    sides = set()
    for ratings in _ends(given, voters - len(given), scale):
        typical = _TYPICAL[rule["name"]](ratings, args)
        sides.add(None if typical is None else (typical < limit) == (scale["best"] == "high"))
    if len(sides) > 1 or None in sides:
        return None
    (negative,) = (choice for choice in rubric["choices"] if choice != rubric["positive"])
    return str(rubric["positive"] if sides.pop() else negative)


def _ends(given: list[float], still: int, scale: Mapping[str, Any]) -> Iterator[list[float]]:
    """The ratings with every number of open seats at the low end, at the high end, and abstaining."""
    for low in range(still + 1):
        for high in range(still + 1 - low):
            yield sorted([*given, *[scale["low"]] * low, *[scale["high"]] * high])


def mean(ratings: Sequence[float]) -> float | None:
    """The mean of exact sums, None without ratings."""
    return float(sum(map(Fraction, ratings)) / len(ratings)) if ratings else None


def _median(ratings: Sequence[float], _: Mapping[str, Any]) -> float | None:
    half = len(ratings) // 2
    return mean(ratings[half : half + 1] if len(ratings) % 2 else ratings[max(0, half - 1) : half + 1])


def _trimmed(ratings: Sequence[float], args: Mapping[str, Any]) -> float | None:
    cut = int(args.get("trim", 0.2) * len(ratings))
    return mean(ratings[cut : len(ratings) - cut])


_TYPICAL: dict[str, Callable[[Sequence[float], Mapping[str, Any]], float | None]] = {
    "mean": lambda ratings, _: mean(ratings),
    "median": _median,
    "trimmed_mean": _trimmed,
}
