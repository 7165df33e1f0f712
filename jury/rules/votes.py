"""What a rule sees: the votes of a panel in which every seat is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from jury.records import Ballot, Rubric


@dataclass(frozen=True)
class Votes:
    """A panel's votes without names or order: what each choice has got, which ratings, of how many seats.

    `counts` are votes, the weight of those who gave them, or points; `seats` is the number of seats or, where they are
    weighed, their whole weight. Seats that are in neither `counts` nor `ratings` abstained.
    """

    seats: int | Fraction
    counts: Mapping[str, int | Fraction]
    ratings: tuple[float, ...]
    rubric: Rubric

    @property
    def leaders(self) -> tuple[str, ...]:
        """The choices with the most votes, in the rubric's order; none where nobody voted for a choice."""
        most = max(self.counts.values(), default=0)
        return tuple(choice for choice in self.rubric.choices if most and self.counts.get(choice, 0) == most)


def seats_needed(share: float, seats: int | Fraction) -> int:
    """The least number of seats that makes up a share, free of floating-point surprises (.7 of 10 is 7)."""
    return ceil(Fraction(share).limit_denominator(10_000) * seats)


def count(ballots: Iterable[Ballot], rubric: Rubric) -> tuple[dict[str, int], int]:
    """The votes for each choice of the rubric (of a ranking, its first place), and the number of abstentions."""
    counts = dict.fromkeys(rubric.choices, 0)
    abstained = 0
    for ballot in ballots:
        choice = first_choice(ballot)
        if ballot.state == "abstain":
            abstained += 1
        elif choice is not None:
            counts[choice] += 1
    return counts, abstained


def first_choice(ballot: Ballot) -> str | None:
    """The choice a ballot is for, ranks first, or alone scores highest; None where it is for none."""
    if ballot.choice or ballot.ranking:
        return ballot.choice or ballot.ranking[0]
    best = [choice for choice, score in ballot.scores.items() if score == max(ballot.scores.values())]
    return best[0] if len(best) == 1 else None
