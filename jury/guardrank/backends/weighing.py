"""tf-idf, passage by passage: each is of length 1 times its weight, so that a long answer doesn't drown its prompt."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jury.guardrank.passages import PASSAGES, STARTS
from jury.guardrank.signals import Floats

#: How far from its mean a standardised signal may lie.
FARTHEST = 5.0

_TINY = 1e-9


def inverse_frequencies(counts: Any, least: int) -> Floats:
    """Every column's smoothed inverse document frequency, 0 where it is in fewer than `least` readings."""
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    known: Floats = np.where(frequency >= least, np.log((1 + counts.shape[0]) / (1 + frequency)) + 1, 0.0)
    return known


def weighed(counts: Any, idf: Floats) -> Any:
    """Counts times inverse frequencies, each passage of a reading scaled to its weight: a sparse matrix of that shape."""
    from scipy.sparse import csr_array

    passage = np.searchsorted(STARTS, counts.indices, side="right") - 1
    reading = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    values = counts.data * idf[counts.indices]
    place = reading * len(PASSAGES) + passage
    length = np.sqrt(np.bincount(place, values**2, minlength=counts.shape[0] * len(PASSAGES)))
    weight = np.array([one.weight for one in PASSAGES])
    scaled = values * weight[passage] / np.maximum(length[place], _TINY)
    return csr_array((scaled, counts.indices, counts.indptr), shape=counts.shape)


def spread_of(signals: Floats) -> tuple[Floats, Floats]:
    """The mean and the standard deviation of every signal; the latter 1 where a signal never varies."""
    spread = signals.std(axis=0)
    return signals.mean(axis=0), np.where(spread < _TINY, 1.0, spread)


def standardised(signals: Floats, mean: NDArray[Any], spread: NDArray[Any], weight: float) -> Floats:
    """Signals in standard deviations from their mean, `FARTHEST` at most, times a weight."""
    found: Floats = np.clip((signals - mean) / spread, -FARTHEST, FARTHEST) * weight
    return found
