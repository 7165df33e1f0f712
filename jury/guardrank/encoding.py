"""Readings as numbers: sparse counts of n-grams and dense signals. Nothing in here has seen a label."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jury.guardrank.passages import STARTS, Spelled, columns_in
from jury.guardrank.reading import Reading
from jury.guardrank.signals import Floats, signal_names

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Encoded:
    """Some readings: `counts` is a sparse matrix (readings, columns) of 1 + log of how often an n-gram occurs, `signals`
    a dense one (readings, signals).
    """

    counts: Any
    signals: Floats

    def __len__(self) -> int:
        return len(self.signals)

    def __getitem__(self, rows: Rows) -> "Encoded":
        return Encoded(self.counts[rows], self.signals[rows])


def encode(readings: Sequence[Reading]) -> Encoded:
    """The numbers of some readings, in their order."""
    from scipy.sparse import csr_array

    columns, counts, signals, ends = [], [], [], [0]
    for reading in readings:
        spelled = Spelled(reading)
        found, times = np.unique(np.concatenate(list(columns_in(spelled))), return_counts=True)
        columns.append(found)
        counts.append(1 + np.log(times))
        signals.append(spelled.signals)
        ends.append(ends[-1] + len(found))
    joined = np.concatenate(columns).astype(np.int32) if columns else np.zeros(0, dtype=np.int32)
    values = np.concatenate(counts) if counts else np.zeros(0)
    matrix = csr_array((values, joined, np.array(ends, dtype=np.int32)), shape=(len(readings), STARTS[-1]))
    dense = np.array(signals) if signals else np.zeros((0, len(signal_names())))
    return Encoded(matrix, dense)
