"""What a rule sees: the votes of a panel in which every seat is known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement
from math import ceil

from jury.records import Ballot, Rubric


@dataclass(frozen=True)
class Votes:
    """A panel's votes without names or order: how many for each choice, which ratings, of how many seats.

    Seats that are in neither `counts` nor `ratings` abstained.
    """

    seats: int
    counts: Mapping[str, int]
    ratings: tuple[float, ...]
    rubric: Rubric

    @property
    def leaders(self) -> tuple[str, ...]:
        """The choices with the most votes, in the rubric's order; none where nobody voted for a choice."""
        most = max(self.counts.values(), default=0)
        return tuple(choice for choice in self.rubric.choices if most and self.counts.get(choice, 0) == most)


def seats_needed(share: float, seats: int) -> int:
    """The least number of seats that makes up a share, free of floating-point surprises (.7 of 10 is 7)."""
    return ceil(Fraction(share).limit_denominator(10_000) * seats)


def choice_completions(ballots: Iterable[Ballot], seats: int, rubric: Rubric) -> Iterator[Votes]:
    """Every way in which the seats without a valid ballot might still vote or abstain."""
    counts, abstained = count(ballots, rubric)
    unknown = seats - sum(counts.values()) - abstained
    for votes in combinations_with_replacement((*rubric.choices, None), unknown):
        yield Votes(seats, _with_votes(counts, votes), (), rubric)


def rating_completions(ballots: Iterable[Ballot], seats: int, rubric: Rubric) -> Iterator[Votes]:
    """The extreme ways in which the seats without a rating might still rate or abstain.

    Mean, median and trimmed mean lie between those of the extremes, so these settle all the others.
    """
    if rubric.rating is None:
        raise ValueError(f"rubric {rubric.name!r} has no rating scale")
    listed = list(ballots)
    known = tuple(ballot.rating for ballot in listed if ballot.rating is not None)
    abstained = sum(ballot.state == "abstain" for ballot in listed)
    extremes = (float(rubric.rating.low), float(rubric.rating.high), None)
    for ratings in combinations_with_replacement(extremes, seats - len(known) - abstained):
        given = tuple(rating for rating in ratings if rating is not None)
        yield Votes(seats, {}, tuple(sorted(known + given)), rubric)


def count(ballots: Iterable[Ballot], rubric: Rubric) -> tuple[dict[str, int], int]:
    """The votes for each choice of the rubric, and the number of abstentions."""
    counts = dict.fromkeys(rubric.choices, 0)
    abstained = 0
    for ballot in ballots:
        if ballot.state == "abstain":
            abstained += 1
        elif ballot.choice is not None:
            counts[ballot.choice] += 1
    return counts, abstained


def _with_votes(counts: Mapping[str, int], votes: tuple[str | None, ...]) -> dict[str, int]:
    return {choice: number + votes.count(choice) for choice, number in counts.items()}
