"""Where a probability becomes the positive label: chosen on out-of-fold probabilities of training readings alone."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Probabilities = NDArray[np.float64]
Truth = NDArray[np.bool_]

#: From out-of-fold probabilities of the positive label and the truth to a threshold.
Threshold = Callable[[Probabilities, Truth], float]


def for_f1(probabilities: Probabilities, _truth: Truth) -> float:
    """The threshold of the greatest F1 to be expected if the probabilities are right, rather than of the greatest F1 that
    happened: with few positives the latter is luck (Lipton, Elkan & Naryanaswamy 2014, on thresholds and F1).
    """
    return greatest_f1(probabilities, probabilities, lowest=0.0)


def greatest_f1(scores: Probabilities, positive: NDArray[Any], *, lowest: float) -> float:
    """The score above which F1 is greatest, halfway to the next one below, or to `lowest` under the last.

    `positive` is the truth, or the probability of being positive for the F1 to be expected.
    """
    order = np.argsort(-scores, kind="stable")
    ranked, found = scores[order], positive[order]
    f1 = 2 * np.cumsum(found) / (np.arange(1, len(order) + 1) + found.sum())
    f1[:-1][ranked[:-1] == ranked[1:]] = 0.0
    best = int(np.argmax(f1))
    following = ranked[best + 1] if best + 1 < len(ranked) else lowest
    return float((ranked[best] + following) / 2)


def for_recall(wanted: float) -> Threshold:
    """The highest threshold that found at least a share of the positives."""

    def threshold(probabilities: Probabilities, truth: Truth) -> float:
        positives = np.sort(probabilities[truth])
        if not len(positives):
            return 0.0
        missed = int(np.floor(len(positives) * (1 - wanted) + 1e-9))
        return float(np.nextafter(positives[min(missed, len(positives) - 1)], 0.0))

    return threshold
