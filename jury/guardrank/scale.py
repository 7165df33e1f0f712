"""How scores are read: calibrated to probabilities, cut into labels, and doubted where they were wrong too often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jury.guardrank.backends.registry import Scores
from jury.guardrank.calibrating import Calibration, Method, calibrated, fit_calibration
from jury.guardrank.risk import sure_from
from jury.guardrank.tasks import Task
from jury.guardrank.thresholds import Threshold


@dataclass(frozen=True)
class Prediction:
    """What an evaluator says of one answer.

    `confidence` is the probability that the label is right, 0 to 1; `rating` the expected grade of an ordinal task. It is
    `unsure` where the confidence lies in the band in which too many training answers were judged wrongly.
    """

    label: str
    probabilities: Mapping[str, float]
    confidence: float
    rating: float | None
    unsure: bool


@dataclass(frozen=True)
class Scale:
    """A calibration for every question; `threshold` is the probability above which a binary task says positive, and
    below the confidence `sure_from` it is unsure.
    """

    task: Task
    calibrations: tuple[Calibration, ...]
    threshold: float
    sure_from: float

    def probabilities(self, scores: Scores) -> Scores:
        """The probability of every label: shape (answers, labels)."""
        return self.task.probabilities(calibrated(self.calibrations, scores))

    def predictions(self, scores: Scores) -> list[Prediction]:
        """What scores amount to, answer by answer."""
        return [self._prediction(row) for row in self.probabilities(scores)]

    def _prediction(self, row: Any) -> Prediction:
        place = _chosen(self.task, row, self.threshold)
        confidence = float(row[place])
        graded = self.task.kind == "ordinal"
        return Prediction(
            label=self.task.labels[place],
            probabilities=dict(zip(self.task.labels, row.tolist(), strict=True)),
            confidence=confidence,
            rating=float(row @ np.array(self.task.labels, dtype=float)) if graded else None,
            unsure=confidence < self.sure_from,
        )


def fit_scale(
    scores: Scores, labels: Sequence[str], task: Task, *, method: Method, threshold: Threshold, risk: float
) -> Scale:
    """The scale of scores that were learned without the labels they are held against."""
    answers = task.answers(labels)
    calibrations = tuple(
        fit_calibration(scores[:, place], answers[:, place], method) for place in range(answers.shape[1])
    )
    probabilities = task.probabilities(calibrated(calibrations, scores))
    cut = 0.5
    if task.kind == "binary":
        cut = threshold(probabilities[:, task.labels.index(task.positive)], answers[:, 0])
    places = [_chosen(task, row, cut) for row in probabilities]
    confidence = probabilities[np.arange(len(places)), places]
    right = np.array([task.labels[place] == label for place, label in zip(places, labels, strict=True)], dtype=bool)
    return Scale(task, calibrations, cut, sure_from(confidence, right, risk))


def _chosen(task: Task, row: Any, threshold: float) -> int:
    """The place of the label: over the threshold, the likeliest, or the middle grade, which is off by least."""
    if task.kind == "nominal":
        return int(np.argmax(row))
    if task.kind == "ordinal":
        return min(int(np.searchsorted(np.cumsum(row), 0.5)), len(row) - 1)
    positive = task.labels.index(task.positive)
    return positive if row[positive] > threshold else 1 - positive
