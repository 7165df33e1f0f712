"""Learned from labelled items: what a juror's confidence is worth. Only calibrated confidence is ever weighed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from jury.crowd.evidence import Evidence
from jury.crowd.registry import learner
from jury.crowd.sheets import Floats, Sheet
from jury.errors import InputError
from jury.records import Rubric
from jury.reliability.isotonic import fit_isotonic
from jury.reliability.platt import fit_platt
from jury.rules import first_choice

#: From a confidence in 0..1 to the probability of being right, never falling.
Calibration = Callable[[float], float]


@dataclass(frozen=True)
class Confident:
    """A juror whose vote weighs the log-odds of its being right at its confidence; without one, on the whole."""

    calibration: Calibration
    unstated: float
    classes: int

    def says(self, place: int, confidence: float | None) -> Floats:
        """A weight for the choice at `place`, nothing for the others."""
        right = self.unstated if confidence is None else self.calibration(confidence)
        scores: Floats = np.zeros(self.classes)
        scores[place] = self._weight(right)
        return scores

    @property
    def extremes(self) -> Floats:
        """The heaviest vote for every choice, at full confidence, and the lightest, at none."""
        rights = (self.calibration(1.0), self.calibration(0.0), self.unstated)
        return np.concatenate([np.eye(self.classes) * self._weight(right) for right in rights])

    def _weight(self, right: float) -> float:
        right = min(max(right, 1e-6), 1 - 1e-6)
        return float(np.log(right * (self.classes - 1) / (1 - right)))


@learner("confidence_weighted", needs="labels")
def confidence_weighted(
    sheets: Sequence[Sheet], jurors: Sequence[str], rubric: Rubric, *, isotonic: float = 0
) -> Evidence:
    """Votes weighed by calibrated confidence: by Platt's sigmoid, or with `isotonic` by isotonic regression.

    Raises `InputError` where no training ballot states a confidence.
    """
    fit = fit_isotonic if isotonic else fit_platt
    stated = {juror: _stated(sheets, juror) for juror in jurors}
    if not any(confidence is not None for pairs in stated.values() for confidence, _ in pairs):
        raise InputError("no ballot with a known truth states a confidence; add a column `confidence` to the ballots")
    classes = len(rubric.choices)
    witnesses = {}
    for juror, pairs in stated.items():
        known = [(confidence, right) for confidence, right in pairs if confidence is not None]
        calibration = fit([confidence for confidence, _ in known], [right for _, right in known])
        whole = (sum(right for _, right in pairs) + 1) / (len(pairs) + classes)
        witnesses[juror] = Confident(calibration, whole, classes)
    return Evidence(rubric, np.zeros(classes), witnesses)


def _stated(sheets: Sequence[Sheet], juror: str) -> list[tuple[float | None, bool]]:
    """A juror's confidences, as far as stated, and whether it was right, on items whose truth is known."""
    return [
        (ballot.confidence, first_choice(ballot) == sheet.gold)
        for sheet in sheets
        for ballot in sheet.ballots
        if sheet.gold is not None and ballot.juror == juror and first_choice(ballot) is not None
    ]
