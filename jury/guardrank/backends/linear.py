"""`linear`: tf-idf of words and characters with signals made by hand, and logistic regression. On any machine, in no time."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jury.guardrank.backends.registry import BACKENDS, Answers, Arrays, Scores
from jury.guardrank.backends.regression import narrow, regression
from jury.guardrank.backends.weighing import inverse_frequencies, spread_of, standardised, weighed
from jury.guardrank.encoding import Encoded, encode
from jury.guardrank.passages import STARTS
from jury.guardrank.reading import Reading
from jury.guardrank.signals import Floats, signal_names

#: The inverse of the ridge penalty. On MSTS nothing between 1 and 10 made a difference.
INVERSE_PENALTY = 3.0

#: An n-gram counts if it is in so many readings at least.
LEAST_READINGS = 2

#: What signals weigh beside n-grams once each has a spread of 1.
SIGNAL_WEIGHT = 0.2


@dataclass(frozen=True)
class Linear:
    """A logistic regression for every question over n-grams and signals.

    `columns` (sorted) have the inverse document frequencies `idf` and `weights` (columns, questions); signals have `mean`,
    `spread` and `signal_weights` (signals, questions); `intercept` is one number a question.
    """

    columns: NDArray[np.int32]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    mean: NDArray[np.float32]
    spread: NDArray[np.float32]
    signal_weights: NDArray[np.float32]
    intercept: NDArray[np.float32]

    def __post_init__(self) -> None:
        columns, questions = self.weights.shape if self.weights.ndim == 2 else (-1, -1)
        signals = len(signal_names())
        shapes = (
            (columns,),
            (columns,),
            (columns, questions),
            (signals,),
            (signals,),
            (signals, questions),
            (questions,),
        )
        arrays = [getattr(self, field.name) for field in fields(self)]
        if any(array.shape != shape for array, shape in zip(arrays, shapes, strict=True)):
            raise ValueError("its arrays don't fit together, or were made for other signals")
        if columns and not (
            self.columns.dtype.kind == "i" and 0 <= self.columns.min() <= self.columns.max() < STARTS[-1]
        ):
            raise ValueError("it has columns that no n-gram falls into")
        if not all(np.isfinite(array).all() for array in arrays):
            raise ValueError("it has numbers that are not finite")

    def scores(self, encoded: Encoded) -> Scores:
        """Log-odds, uncalibrated: shape (readings, questions)."""
        found: Scores = (
            weighed(encoded.counts, self._idf) @ self._weights
            + standardised(encoded.signals, self.mean, self.spread, SIGNAL_WEIGHT) @ self.signal_weights
            + self.intercept
        )
        return found

    def told_by(self, encoded: Encoded, question: int) -> tuple[Any, Floats]:
        """What every n-gram and every signal adds to the log-odds: sparse (readings, all columns), and dense (readings,
        signals).
        """
        grams = weighed(encoded.counts, self._idf)
        grams.data = grams.data * self._weights[grams.indices, question]
        signals = standardised(encoded.signals, self.mean, self.spread, SIGNAL_WEIGHT)
        return grams, signals * self.signal_weights[:, question]

    @property
    def arrays(self) -> Arrays:
        """All of it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def _weights(self) -> Floats:
        wide = np.zeros((STARTS[-1], self.weights.shape[1]))
        wide[self.columns] = self.weights
        return wide

    @cached_property
    def _idf(self) -> Floats:
        wide = np.zeros(STARTS[-1])
        wide[self.columns] = self.idf
        return wide


class LinearBackend:
    """n-grams, signals, and logistic regressions with a ridge penalty, classes weighed alike."""

    def encode(self, readings: Sequence[Reading]) -> Encoded:
        """n-grams by their hash, and signals."""
        return encode(readings)

    def fit(self, encoded: Encoded, answers: Answers) -> Linear:
        """Learn every question by itself."""
        from scipy.sparse import csr_array, hstack

        idf = inverse_frequencies(encoded.counts, LEAST_READINGS)
        columns = np.flatnonzero(idf)
        mean, spread = spread_of(encoded.signals)
        signals = standardised(encoded.signals, mean, spread, SIGNAL_WEIGHT)
        grams = weighed(encoded.counts, idf)[:, columns]
        design = narrow(hstack([grams, csr_array(signals)]).tocsr())
        learned = [regression(design, answers[:, question], INVERSE_PENALTY) for question in range(answers.shape[1])]
        weights = np.array([weight for weight, _ in learned]).T
        return Linear(
            columns=columns.astype(np.int32),
            idf=idf[columns].astype(np.float32),
            weights=weights[: len(columns)].astype(np.float32),
            mean=mean.astype(np.float32),
            spread=spread.astype(np.float32),
            signal_weights=weights[len(columns) :].astype(np.float32),
            intercept=np.array([intercept for _, intercept in learned], dtype=np.float32),
        )

    def restore(self, arrays: Arrays) -> Linear:
        """A model again. Raises `ValueError` where arrays are missing or don't fit together."""
        names = {field.name for field in fields(Linear)}
        if set(arrays) != names:
            raise ValueError(f"it has the arrays {', '.join(sorted(arrays))} instead of {', '.join(sorted(names))}")
        return Linear(**arrays)


BACKENDS.add("linear")(LinearBackend())
