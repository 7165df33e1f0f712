"""Intervals of means, by the method that the library states (`jury.stats`)."""

from collections.abc import Sequence
from fractions import Fraction

from jury.stats.estimates import Estimate
from jury.stats.means import estimate_mean, estimate_mean_of_means

Interval = list[float]


#: The values of a mean with the cluster of each.
Values = Sequence[tuple[str, float]]


def mean_interval(
    means: Sequence[Values], weights: Sequence[float] | None = None, *, low: float = 0.0, high: float = 1.0
) -> Interval | None:
    """The interval of a weighted mean of means of values from `low` to `high`; None where one is over nothing."""
    every = [value for values in means for _, value in values]
    low, high = min([low, *every]), max([high, *every])
    strata = [([value for _, value in values], [name for name, _ in values]) for values in means]
    if len(strata) == 1:
        found = estimate_mean(*strata[0], low=low, high=high)
    else:
        found = estimate_mean_of_means(strata, weights, low=low, high=high)
    return interval_of(found)


def interval_of(estimate: Estimate) -> Interval | None:
    """An estimate's interval as JSON holds it."""
    return list(estimate.interval) if estimate.interval else None


def plain_mean(values: Values) -> float | None:
    """The mean of exact sums, None without values."""
    return float(sum(Fraction(value) for _, value in values) / len(values)) if values else None
