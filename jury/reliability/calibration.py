"""Whether jurors are right as often as they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np

from jury.reliability.confidences import Pair, sorted_pairs

BINS = 10


@dataclass(frozen=True)
class CalibrationBin:
    """Ballots whose confidence is above `low` and not above `high` (the first bin holds 0 too).

    `confidence` is their mean confidence, `accuracy` the share of them that was right; both None for an empty bin.
    """

    low: float
    high: float
    ballots: int
    confidence: float | None
    accuracy: float | None


def calibration_curve(
    confidences: Sequence[float], right: Sequence[bool], bins: int = BINS
) -> tuple[CalibrationBin, ...]:
    """The reliability diagram: bins of equal width from 0 to 1, in order, empty ones too.

    Guo et al. 2017, "On Calibration of Modern Neural Networks", section 2. Raises `ValueError` for a confidence outside 0
    to 1, sequences of different length, or no bins.
    """
    if bins < 1:
        raise ValueError(f"a calibration curve has at least one bin, not {bins}")
    pairs = sorted_pairs(confidences, right)
    edges = np.linspace(0, 1, bins + 1)
    # Pairs ascend, so each bin is a slice that ends with the last confidence not above its upper edge.
    ends = np.searchsorted([confidence for confidence, _ in pairs], edges[1:], side="right")
    starts = (0, *ends[:-1])
    return tuple(
        _bin(float(low), float(high), pairs[start:end])
        for low, high, start, end in zip(edges[:-1], edges[1:], starts, ends, strict=True)
    )


def expected_calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = BINS) -> float | None:
    """ECE: the mean distance of confidence and accuracy over the bins, by their ballots; 0 is calibrated, 1 the worst.

    Guo et al. 2017, equation 3. None without ballots; raises as `calibration_curve` does.
    """
    curve = calibration_curve(confidences, right, bins)
    gaps = [
        held.ballots * abs(held.accuracy - held.confidence)
        for held in curve
        if held.accuracy is not None and held.confidence is not None
    ]
    return fsum(gaps) / len(right) if gaps else None


def brier_score(confidences: Sequence[float], right: Sequence[bool]) -> float | None:
    """The mean squared distance of a confidence from what came true (1 right, 0 wrong): 0 is best, 1 worst.

    Brier 1950, "Verification of forecasts expressed in terms of probability", for the choice made. None without ballots.
    Raises `ValueError` for a confidence outside 0 to 1 or sequences of different length.
    """
    pairs = sorted_pairs(confidences, right)
    return fsum((confidence - hit) ** 2 for confidence, hit in pairs) / len(pairs) if pairs else None


def _bin(low: float, high: float, pairs: Sequence[Pair]) -> CalibrationBin:
    if not pairs:
        return CalibrationBin(low, high, 0, None, None)
    confidence = fsum(confidence for confidence, _ in pairs) / len(pairs)
    return CalibrationBin(low, high, len(pairs), confidence, sum(hit for _, hit in pairs) / len(pairs))
