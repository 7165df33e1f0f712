"""Figures of an evaluator's labels and probabilities against people's labels."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from jury.guardrank.backends.registry import Scores
from jury.guardrank.risk import risk_curve
from jury.guardrank.tasks import Task
from jury.reliability.calibration import brier_score, expected_calibration_error
from jury.stats.classification import describe_figures

Figures = dict[str, Any]


def figures_of(task: Task, truth: Sequence[str], said: Sequence[str | None], groups: Sequence[str]) -> Figures:
    """Precision, recall, F1, kappa and accuracy, each with its interval by group; of grades also how far off they are."""
    found: Figures = describe_figures(truth, said, task.positive, groups)
    if task.kind == "ordinal":
        off = [abs(int(one) - int(other)) for one, other in zip(truth, said, strict=True) if other is not None]
        found["mean_absolute_error"] = float(np.mean(off)) if off else None
    return found


def of_probabilities(task: Task, truth: Sequence[str], said: Sequence[str], probabilities: Scores) -> Figures:
    """Average precision of the positive label, Brier score and calibration error of the confidences, and how wrong the
    evaluator is where it is sure. Probabilities have shape (answers, labels).
    """
    places = [task.labels.index(label) for label in said]
    confidence = probabilities[np.arange(len(places)), places]
    right = np.array([one == other for one, other in zip(truth, said, strict=True)])
    positive = np.array([label == task.positive for label in truth])
    return {
        "average_precision": average_precision(positive, probabilities[:, task.labels.index(task.positive)]),
        "brier": brier_score(confidence.tolist(), right.tolist()),
        "ece": expected_calibration_error(confidence.tolist(), right.tolist()),
        "risk_curve": [asdict(point) for point in risk_curve(confidence, right)],
    }


def average_precision(positive: Any, score: Any) -> float | None:
    """The mean precision at the rank of each positive, ties shared (scikit-learn's); None without positives."""
    from sklearn.metrics import average_precision_score

    return float(average_precision_score(positive, score)) if positive.any() else None
