"""Every way that matters in which the seats without a valid ballot might still vote or abstain.

Choices are completed in every way. The other counts are sums that grow with each vote, so the extremes settle the rest:
all unknown seats for one rival, or at one end of the scale.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement, permutations

from jury.records import Ballot, Rubric, Rule
from jury.rules.registry import Reads
from jury.rules.votes import Votes, count, first_choice

Completions = Iterator[Votes]


def choices(ballots: Sequence[Ballot], seats: int, _: Rule, rubric: Rubric) -> Completions:
    """Every number of further votes for every choice, and of abstentions."""
    counts = count(ballots, rubric)[0]
    for votes in combinations_with_replacement((*rubric.choices, None), _unknown(ballots, seats)):
        yield Votes(seats, {choice: number + votes.count(choice) for choice, number in counts.items()}, (), rubric)


def ratings(ballots: Sequence[Ballot], seats: int, _: Rule, rubric: Rubric) -> Completions:
    """Ratings at either end of the scale: mean, median and trimmed mean of all others lie between."""
    if rubric.rating is None:
        raise ValueError(f"rubric {rubric.name!r} has no rating scale")
    known = tuple(ballot.rating for ballot in ballots if ballot.rating is not None)
    abstained = sum(ballot.state == "abstain" for ballot in ballots)
    extremes = (float(rubric.rating.low), float(rubric.rating.high), None)
    for further in combinations_with_replacement(extremes, seats - len(known) - abstained):
        given = tuple(rating for rating in further if rating is not None)
        yield Votes(seats, {}, tuple(sorted(known + given)), rubric)


def weights(ballots: Sequence[Ballot], seats: int, rule: Rule, rubric: Rubric) -> Completions:
    """All the weight that is still open for one choice, or for none."""
    weight_of = {name: Fraction(weight) for name, weight in rule.weights.items()}
    whole = sum(weight_of.values(), Fraction()) if weight_of else Fraction(seats)
    known = dict.fromkeys(rubric.choices, Fraction())
    still_open = whole
    for ballot in ballots:
        if ballot.state != "invalid":
            weight = weight_of[ballot.juror] if weight_of else Fraction(1)
            still_open -= weight
            choice = first_choice(ballot)
            if choice is not None:
                known[choice] += weight
    for extreme in (None, *rubric.choices) if still_open else (None,):
        counts = {choice: weight + (still_open if choice == extreme else 0) for choice, weight in known.items()}
        yield Votes(whole, counts, (), rubric)


def rankings(ballots: Sequence[Ballot], seats: int, _: Rule, rubric: Rubric) -> Completions:
    """Every pair of choices first and last on all rankings that are still open: no other is worse for the last of them."""
    further = [
        _in_order((first, *_between(first, last, rubric), last)) for first, last in permutations(rubric.choices, 2)
    ]
    return _pointed(ballots, seats, rubric, borda_points, further)


def approvals(ballots: Sequence[Ballot], seats: int, _: Rule, rubric: Rubric) -> Completions:
    """Every choice as the only one that is approved by all who are still open."""
    further = [{other: Fraction(other == choice) for other in rubric.choices} for choice in rubric.choices]
    return _pointed(ballots, seats, rubric, approval_points, further)


def borda_points(ballot: Ballot, rubric: Rubric) -> Mapping[str, Fraction]:
    """Borda's points: of m choices the first gets m−1, the next m−2 …; choices that are not ranked share what is left.

    Scores rank choices by themselves, equal ones sharing their places; a mere choice is a ranking of one. (Truncated
    ballots by averaging: P. Emerson, "The original Borda count and partial voting", 2013.)
    """
    groups = _groups(ballot)
    listed = {choice for group in groups for choice in group}
    rest = tuple(choice for choice in rubric.choices if choice not in listed)
    points: dict[str, Fraction] = {}
    place = len(rubric.choices) - 1
    for group in (*groups, *([rest] if rest else [])):
        shared = Fraction(sum(place - step for step in range(len(group))), len(group))
        points.update(dict.fromkeys(group, shared))
        place -= len(group)
    return points


def approval_points(ballot: Ballot, rubric: Rubric) -> Mapping[str, Fraction]:
    """1 for every choice that is approved: scored at least one half, or named in a ranking, or the only choice."""
    if ballot.scores:
        approved = {choice for choice, score in ballot.scores.items() if score >= 0.5}
    else:
        approved = set(ballot.ranking or (ballot.choice or "",))
    return {choice: Fraction(choice in approved) for choice in rubric.choices}


def _groups(ballot: Ballot) -> list[tuple[str, ...]]:
    """A ballot's choices from the best to the worst, equal ones together."""
    if ballot.ranking:
        return [(choice,) for choice in ballot.ranking]
    if ballot.scores:
        by_score: dict[float, list[str]] = {}
        for choice, score in ballot.scores.items():
            by_score.setdefault(score, []).append(choice)
        return [tuple(by_score[score]) for score in sorted(by_score, reverse=True)]
    return [(ballot.choice,)] if ballot.choice else []


def _pointed(
    ballots: Sequence[Ballot],
    seats: int,
    rubric: Rubric,
    points_of: Callable[[Ballot, Rubric], Mapping[str, Fraction]],
    further: Iterable[Mapping[str, Fraction]],
) -> Completions:
    counts = dict.fromkeys(rubric.choices, Fraction())
    for ballot in ballots:
        if ballot.state == "cast":
            for choice, points in points_of(ballot, rubric).items():
                counts[choice] += points
    unknown = _unknown(ballots, seats)
    yield Votes(seats, counts, (), rubric)
    if unknown:
        for extreme in further:
            yield Votes(
                seats, {choice: points + unknown * extreme[choice] for choice, points in counts.items()}, (), rubric
            )


def _unknown(ballots: Sequence[Ballot], seats: int) -> int:
    return seats - sum(ballot.state != "invalid" for ballot in ballots)


def _in_order(ranking: Sequence[str]) -> Mapping[str, Fraction]:
    return {choice: Fraction(len(ranking) - 1 - place) for place, choice in enumerate(ranking)}


def _between(first: str, last: str, rubric: Rubric) -> tuple[str, ...]:
    return tuple(choice for choice in rubric.choices if choice not in {first, last})


COMPLETIONS: dict[Reads, Callable[[Sequence[Ballot], int, Rule, Rubric], Completions]] = {
    "choice": choices,
    "rating": ratings,
    "weight": weights,
    "ranking": rankings,
    "approval": approvals,
}
