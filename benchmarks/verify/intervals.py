"""Bootstrap intervals, drawn again from the stated stream of random numbers and computed resample by resample."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

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


def mean_interval(means: Sequence[Values], weights: Sequence[float] | None = None) -> Interval | None:
    """The interval of a weighted mean of means; where a resample has no value of one, its weight goes to the others."""
    width, shares = 2 * len(means), weights or [1.0] * len(means)
    clusters, rows = [], []
    for at, values in enumerate(means):
        for cluster, value in values:
            row = [0.0] * width
            row[2 * at], row[2 * at + 1] = value, 1.0
            clusters.append(cluster)
            rows.append(row)

    def weighted(sums: Sums) -> dict[str, float]:
        there = [at for at in range(len(means)) if sums[2 * at + 1]]
        whole = sum(shares[at] for at in there)
        return {"mean": sum(shares[at] * sums[2 * at] / sums[2 * at + 1] for at in there) / whole}

    found = intervals(clusters, rows, weighted)
    return found["mean"] if found else None


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
