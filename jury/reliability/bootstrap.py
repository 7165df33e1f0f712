"""Resamples of clusters of cases (Efron & Tibshirani 1993, chapter 8.4), for choosing between candidates; intervals are in `jury.stats`.

Cases that share an image or a request are not independent, so whole clusters are drawn, not cases.
Every statistic here is a function of sums over cases. A cluster is therefore known by its row of sums, and a
resample by the sum of the rows it drew: exactly what drawing the cases themselves would give, and much faster.

The random stream is part of the contract, so that another program can repeat a choice:

1. The clusters stand in the order of their names (code points, ascending): cluster 0 to C−1.
2. `numpy.random.default_rng(seed).integers(0, C, size=(resamples, C))` is drawn once;
   row r holds the clusters of resample r, a cluster drawn twice counts twice.
3. The statistic of every resample is computed from its summed rows.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RESAMPLES = 1000

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


def _drawn(generator: np.random.Generator, resamples: int, count: int) -> Floats:
    """How often each resample draws each cluster: shape (resamples, clusters)."""
    draws = generator.integers(0, count, size=(resamples, count))
    offsets = np.arange(resamples)[:, None] * count
    times = np.bincount((draws + offsets).ravel(), minlength=resamples * count)
    return times.reshape(resamples, count).astype(np.float64)
