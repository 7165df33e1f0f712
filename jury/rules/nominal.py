"""Rules over choices. Seats, not cast votes, are the denominator (an abstention is a vote for no choice)."""

from fractions import Fraction

from jury.errors import InputError
from jury.rules.registry import rule
from jury.rules.votes import Votes, seats_needed


@rule("plurality")
def plurality(votes: Votes) -> str | None:
    """The choice with more votes than any other; a tie decides nothing."""
    leaders = votes.leaders
    return leaders[0] if len(leaders) == 1 else None


@rule("strict_majority")
def strict_majority(votes: Votes) -> str | None:
    """The choice of more than half of the seats."""
    return _held_by(votes, votes.seats // 2 + 1)


@rule("supermajority")
def supermajority(votes: Votes, q: float = 2 / 3) -> str | None:
    """The choice of at least the share `q` of the seats, .5 < q ≤ 1."""
    if not 0.5 < q <= 1:
        raise InputError(f"rule 'supermajority': q={q:g} must lie above .5 and not above 1")
    return _held_by(votes, seats_needed(q, votes.seats))


@rule("unanimity")
def unanimity(votes: Votes) -> str | None:
    """The choice of every seat."""
    return _held_by(votes, votes.seats)


@rule("any", binary=True)
def any_of(votes: Votes, k: float = 1) -> str | None:
    """The positive choice if at least `k` seats vote for it, else the other one if anybody does."""
    if k < 1 or k != int(k):
        raise InputError(f"rule 'any': k={k:g} must be a whole number of at least 1")
    if votes.counts[votes.rubric.positive] >= k:
        return votes.rubric.positive
    (negative,) = votes.rubric.negatives
    return negative if votes.counts[negative] else None


def _held_by(votes: Votes, needed: int | Fraction) -> str | None:
    """The one choice with at least the votes needed (more than half of the seats, so there is one at the most)."""
    return next((choice for choice, number in votes.counts.items() if number >= needed), None)
