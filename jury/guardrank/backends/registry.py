"""Back-ends by name: from readings and yes-or-no questions about them to scores."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from jury.guardrank.reading import Reading
from jury.registry import Registry

Scores = NDArray[np.float64]
Answers = NDArray[np.bool_]
Rows = NDArray[np.int64]

#: What a fitted back-end is made of: arrays by name, to be saved as they are.
Arrays = Mapping[str, NDArray[Any]]


class Readable(Protocol):
    """Readings as a back-end takes them, of which rows can be chosen."""

    def __len__(self) -> int: ...

    def __getitem__(self, rows: Rows) -> "Readable": ...


class Fitted(Protocol):
    """What was learned."""

    def scores(self, encoded: Any) -> Scores:
        """Log-odds, uncalibrated, of every question for every reading: shape (readings, questions)."""

    @property
    def arrays(self) -> Arrays:
        """All of it."""


class Backend(Protocol):
    """Learns scores. `encode` sees no label, so that readings are encoded once for all folds."""

    def encode(self, readings: Sequence[Reading]) -> Readable:
        """The readings as `fit` and `scores` take them."""

    def fit(self, encoded: Any, answers: Answers) -> Fitted:
        """Learn yes-or-no questions: `answers` has shape (readings, questions)."""

    def restore(self, arrays: Arrays) -> Fitted:
        """What `Fitted.arrays` gave, again. Raises `ValueError` for arrays that don't fit together."""


BACKENDS: Registry[Backend] = Registry("GuardRank back-end")
