"""Rules over ratings: a panel's typical rating becomes a choice at a stated threshold."""

from math import fsum
from statistics import median as middle

from jury.errors import InputError
from jury.rules.registry import rule
from jury.rules.votes import Votes


@rule("mean", reads="rating", binary=True)
def mean(votes: Votes, threshold: float | None = None) -> str | None:
    """The side of the threshold (default: the rubric's) on which the mean rating lies."""
    return _side(votes, average(votes.ratings), threshold)


@rule("median", reads="rating", binary=True)
def median(votes: Votes, threshold: float | None = None) -> str | None:
    """The side of the threshold on which the median rating lies; of an even number, the mean of the middle two."""
    return _side(votes, middle(votes.ratings) if votes.ratings else None, threshold)


@rule("trimmed_mean", reads="rating", binary=True)
def trimmed_mean(votes: Votes, trim: float = 0.2, threshold: float | None = None) -> str | None:
    """The side on which the mean lies once the share `trim` (rounded down) is cut from either end, 0 ≤ trim < .5."""
    if not 0 <= trim < 0.5:
        raise InputError(f"rule 'trimmed_mean': trim={trim:g} must be at least 0 and below .5")
    cut = int(trim * len(votes.ratings))
    return _side(votes, average(votes.ratings[cut : len(votes.ratings) - cut]), threshold)


def average(ratings: tuple[float, ...]) -> float | None:
    """The mean, the same in whatever order the ratings come; None without ratings."""
    return fsum(ratings) / len(ratings) if ratings else None


def _side(votes: Votes, rating: float | None, threshold: float | None) -> str | None:
    rubric = votes.rubric
    if rating is None or rubric.rating is None:
        return None
    return rubric.positive if rubric.rating.is_positive(rating, threshold) else rubric.negatives[0]
