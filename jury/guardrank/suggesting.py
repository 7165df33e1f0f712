"""Active labelling: which answers to have labelled next (Settles 2009: uncertainty; Brinker 2003: and diversity)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jury.guardrank.backends.weighing import inverse_frequencies, weighed
from jury.guardrank.encoding import encode
from jury.guardrank.model import Model
from jury.guardrank.reading import Reading
from jury.guardrank.scale import Prediction

#: How much being like an answer already named counts against an answer, beside being certain.
LIKENESS = 0.5


@dataclass(frozen=True)
class Suggestion:
    """An answer by its row, what the model says of it, how doubtful that is (0 to 1, 1 is the most), and how like it is to
    the nearest one named before it (0 to 1).
    """

    row: int
    prediction: Prediction
    doubt: float
    likeness: float


def suggest(model: Model, readings: Sequence[Reading], count: int) -> list[Suggestion]:
    """The answers whose human label would help most, the most helpful first: doubtful, and unlike each other."""
    predictions = model.predict(readings)
    doubts = np.array([_doubt(model, prediction) for prediction in predictions])
    counts = encode(readings).counts
    rows = weighed(counts, inverse_frequencies(counts, least=1))
    lengths = np.maximum(np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel()), 1e-9)
    likeness, left = np.zeros(len(readings)), np.ones(len(readings), dtype=bool)
    found = []
    for _ in range(min(count, len(readings))):
        worth = np.where(left, doubts - LIKENESS * likeness, -np.inf)
        row = int(np.argmax(worth))
        found.append(Suggestion(row, predictions[row], float(doubts[row]), float(likeness[row])))
        left[row] = False
        alike = (rows @ rows[[row]].T).toarray().ravel() / (lengths * lengths[row])
        likeness = np.maximum(likeness, alike)
    return found


def _doubt(model: Model, prediction: Prediction) -> float:
    """1 at the threshold, 0 where the answer is as certain as can be; of several labels the entropy."""
    if model.task.kind == "binary":
        share = prediction.probabilities[model.task.positive]
        edge = min(max(model.scale.threshold, 1e-9), 1 - 1e-9)
        return 1 - abs(share - edge) / (edge if share < edge else 1 - edge)
    shares = np.array([share for share in prediction.probabilities.values() if share > 0])
    return float(-(shares * np.log(shares)).sum() / np.log(len(model.task.labels)))
