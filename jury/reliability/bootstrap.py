"""Percentile bootstrap over clusters of cases (Efron & Tibshirani 1993, chapters 8.4 and 13.3).

Cases that share an image or a request are not independent, so whole clusters are drawn, not cases.
Every statistic here is a function of sums over cases. A cluster is therefore known by its row of sums, and a
resample by the sum of the rows it drew: exactly what drawing the cases themselves would give, and much faster.

The random stream is part of the contract, so that another program can repeat an interval:

1. The clusters stand in the order of their names (code points, ascending): cluster 0 to C−1.
2. `numpy.random.default_rng(seed).integers(0, C, size=(resamples, C))` is drawn once;
   row r holds the clusters of resample r, a cluster drawn twice counts twice.
3. The statistic of every resample is computed from its summed rows.
4. The interval is `numpy.quantile(values, [(1 - level) / 2, (1 + level) / 2])`, linear between neighbours,
   rounded to 9 decimals, so that the order in which a machine adds floats cannot show.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Interval = tuple[float, float]

RESAMPLES = 1000
LEVEL = 0.95
DECIMALS = 9

_CELLS_AT_ONCE = 1 << 18


def cluster_sums(groups: Sequence[str], rows: Floats) -> Floats:
    """The rows of each cluster added up: shape (cases, D) to (clusters, D), clusters in the order of their names."""
    place = {name: index for index, name in enumerate(sorted(set(groups)))}
    sums = np.zeros((len(place), rows.shape[1]))
    np.add.at(sums, [place[name] for name in groups], rows)
    return sums


def resampled_sums(clusters: Floats, *, resamples: int = RESAMPLES, seed: int = 0) -> Floats:
    """What every resample of the clusters adds up to: shape (clusters, D) to (resamples, D).

    Drawn in blocks of bounded memory; the stream is the one of a single draw.
    """
    count = len(clusters)
    generator = np.random.default_rng(seed)
    block = max(1, _CELLS_AT_ONCE // max(1, count))
    sizes = [min(block, resamples - start) for start in range(0, resamples, block)]
    return np.concatenate([_drawn(generator, size, count) @ clusters for size in sizes])


def bags(count: int, *, resamples: int = RESAMPLES, seed: int = 0) -> Floats:
    """How often each resample of so many clusters draws each of them: shape (resamples, clusters)."""
    return _drawn(np.random.default_rng(seed), resamples, count)


def percentile_interval(values: Floats, level: float = LEVEL) -> Interval:
    """The central `level` share of some resampled values, linear between neighbours, to 9 decimals."""
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return round(float(low), DECIMALS), round(float(high), DECIMALS)


def cluster_bootstrap(
    statistic: Callable[[Floats], Floats],
    clusters: Floats,
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
    level: float = LEVEL,
) -> Interval | None:
    """The percentile interval of a statistic.

    `clusters` has one row of sums per cluster, as `cluster_sums` gives them. `statistic` maps summed rows, shape
    (resamples, D), to values, shape (resamples,), and is itself defined where its denominator is zero.
    None if there are fewer than two clusters: one cluster says nothing about the spread between clusters.
    """
    if len(clusters) < 2:
        return None
    return percentile_interval(statistic(resampled_sums(clusters, resamples=resamples, seed=seed)), level)


def _drawn(generator: np.random.Generator, resamples: int, count: int) -> Floats:
    """How often each resample draws each cluster: shape (resamples, clusters)."""
    draws = generator.integers(0, count, size=(resamples, count))
    offsets = np.arange(resamples)[:, None] * count
    times = np.bincount((draws + offsets).ravel(), minlength=resamples * count)
    return times.reshape(resamples, count).astype(np.float64)
