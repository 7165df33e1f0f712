"""From scores to probabilities, learned on scores of readings that the scores were not learned from."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from jury.guardrank.backends.registry import Scores
from jury.reliability.isotonic import Isotonic, fit_isotonic
from jury.reliability.platt import Platt, fit_platt

Method = Literal["platt", "isotonic"]


@dataclass(frozen=True)
class Calibration:
    """One question's: scores from `low` to `high` are mapped to 0..1, and from there to a probability that never falls."""

    low: float
    high: float
    curve: Platt | Isotonic

    def __call__(self, scores: NDArray[Any]) -> NDArray[np.float64]:
        """The probability of yes for every score."""
        places = np.clip((scores - self.low) / (self.high - self.low), -9.0, 9.0)
        return np.array([self.curve(float(place)) for place in places])

    def written(self) -> dict[str, Any]:
        """As plain values."""
        return {"low": self.low, "high": self.high, "curve": {"kind": type(self.curve).__name__, **vars(self.curve)}}


def fit_calibration(scores: NDArray[np.float64], yes: NDArray[np.bool_], method: Method) -> Calibration:
    """The calibration of a question's scores against its true answers."""
    low, high = float(scores.min(initial=0.0)), float(scores.max(initial=1.0))
    high = high if high > low else low + 1.0
    fit = fit_platt if method == "platt" else fit_isotonic
    places = [float(place) for place in np.clip((scores - low) / (high - low), 0.0, 1.0)]
    return Calibration(low, high, fit(places, [bool(one) for one in yes]))


def read_calibration(written: dict[str, Any]) -> Calibration:
    """What `Calibration.written` gave, again. Raises `ValueError`, `KeyError` or `TypeError` for anything else."""
    curve = dict(written["curve"])
    kind = curve.pop("kind")
    if kind == "Platt":
        return Calibration(float(written["low"]), float(written["high"]), Platt(**_floats(curve)))
    knots = Isotonic(tuple(map(float, curve["confidences"])), tuple(map(float, curve["probabilities"])))
    if len(knots.confidences) != len(knots.probabilities):
        raise ValueError("a calibration has knots without a probability")
    return Calibration(float(written["low"]), float(written["high"]), knots)


def calibrated(calibrations: tuple[Calibration, ...], scores: Scores) -> Scores:
    """The probability of yes to every question: shape (readings, questions)."""
    return np.column_stack([one(scores[:, place]) for place, one in enumerate(calibrations)])


def _floats(values: dict[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in values.items()}
