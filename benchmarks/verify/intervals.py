"""Intervals of means, by the method that the library states (`jury.stats`), and the bootstrap of rates."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jury.stats.means import estimate_mean, estimate_mean_of_means

RESAMPLES = 1000
SEED = 0
TAIL = 0.025
DECIMALS = 9

Interval = list[float]
Sums = list[float]


def intervals(
    clusters: Sequence[str], rows: Sequence[Sequence[float]], statistics: Callable[[Sums], Mapping[str, float]]
) -> dict[str, Interval] | None:
    """The 95 % interval of each statistic of the sums of rows; None if the rows lie in fewer than two clusters.

    Clusters are drawn whole, in the order of their names.
    """
    place = {name: index for index, name in enumerate(sorted(set(clusters)))}
    if len(place) < 2:
        return None
    added = np.zeros((len(place), len(rows[0])))
    for cluster, row in zip(clusters, rows, strict=True):
        added[place[cluster]] += row
    resampled = [statistics(added[drawn].sum(axis=0).tolist()) for drawn in _drawn(len(place))]
    return {name: _central([values[name] for values in resampled]) for name in resampled[0]}


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
    return list(found.interval) if found.interval else None


def plain_mean(values: Values) -> float | None:
    """The mean of exact sums, None without values."""
    return float(sum(Fraction(value) for _, value in values) / len(values)) if values else None


@lru_cache(maxsize=8)
def _drawn(clusters: int) -> NDArray[Any]:
    """The clusters of every resample, one resample a row."""
    return np.random.default_rng(SEED).integers(0, clusters, size=(RESAMPLES, clusters))


def _central(values: list[float]) -> Interval:
    ordered = sorted(values)
    return [round(_at(ordered, TAIL), DECIMALS), round(_at(ordered, 1 - TAIL), DECIMALS)]


def _at(ordered: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies, on the line between neighbours."""
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
