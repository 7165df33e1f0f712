"""How wrong an evaluator is where it is sure: the selective-risk curve (Geifman & El-Yaniv 2017)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Points of a curve.
POINTS = 20


@dataclass(frozen=True)
class RiskPoint:
    """If only confidences from `confidence` up are believed: the share of readings that is covered, and of errors there."""

    confidence: float
    coverage: float
    risk: float


def risk_curve(confidence: NDArray[np.float64], right: NDArray[np.bool_], points: int = POINTS) -> list[RiskPoint]:
    """The curve from everything covered to the surest few, at most so many points, evenly by coverage."""
    order, errors = _ranked(confidence, right)
    if not len(order):
        return []
    ends = sorted({max(1, round(len(order) * share / points)) for share in range(1, points + 1)}, reverse=True)
    return [RiskPoint(float(order[end - 1]), end / len(order), float(errors[end - 1] / end)) for end in ends]


def sure_from(confidence: NDArray[np.float64], right: NDArray[np.bool_], risk: float) -> float:
    """The lowest confidence from which on no more than a share `risk` of the labels were wrong; 1 where there is none."""
    order, errors = _ranked(confidence, right)
    counts = np.arange(1, len(order) + 1)
    last_of_equals = np.append(order[:-1] != order[1:], True) if len(order) else np.zeros(0, dtype=bool)
    fine = np.flatnonzero((errors <= risk * counts) & last_of_equals)
    return float(order[fine[-1]]) if len(fine) else 1.0


def _ranked(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The confidences from the greatest, and how many errors there are up to each."""
    order = np.argsort(-confidence, kind="stable")
    return confidence[order], np.cumsum(~right[order])
