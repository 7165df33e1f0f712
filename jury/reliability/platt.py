"""Platt's calibration: a sigmoid of the confidence, for few labelled items."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from jury.reliability.bootstrap import Floats
from jury.reliability.confidences import smoothed_targets, sorted_pairs

STEPS = 100
GRADIENT = 1e-10
SHORTEST = 1e-10
RIDGE = 1e-12

#: Confidences closer together than this are one confidence: they say nothing of a slope.
SPREAD = 1e-9


@dataclass(frozen=True)
class Platt:
    """From a confidence (0 to 1) to the probability of being right: 1 / (1 + exp(−(slope · confidence + intercept))).

    `slope` is at least 0, so the probability never falls. As it stands without labelled items it says .5 to everything.
    """

    slope: float = 0.0
    intercept: float = 0.0

    def __call__(self, confidence: float) -> float:
        """The probability that a ballot of this confidence is right."""
        logit = self.slope * confidence + self.intercept
        return 1 / (1 + exp(-logit)) if logit >= 0 else exp(logit) / (1 + exp(logit))


def fit_platt(confidences: Sequence[float], right: Sequence[bool]) -> Platt:
    """The sigmoid of the greatest likelihood for Platt's smoothed targets (Platt 1999), by the Newton steps with
    backtracking of Lin, Lin & Weng 2007, "A note on Platt's probabilistic outputs for support vector machines".

    Where the right ballots were not the more confident ones, the best sigmoid that doesn't fall is level, at the mean
    target; so it is for one confidence, for items of one class, and (at .5) for none.
    Raises `ValueError` for a confidence outside 0 to 1 or sequences of different length.
    """
    pairs = sorted_pairs(confidences, right)
    hits = sum(hit for _, hit in pairs)
    low, high = smoothed_targets(hits, len(pairs) - hits)
    start = float(np.log((hits + 1) / (len(pairs) - hits + 1)))
    said, targets = np.array([pair[0] for pair in pairs]), np.array([high if hit else low for _, hit in pairs])
    if not _tells(said, targets):
        return Platt(0.0, _level(targets))
    middle, spread = float(said.mean()), float(said.std())
    slope, at_middle = _most_likely((said - middle) / spread, targets, start)
    return Platt(slope / spread, at_middle - slope * middle / spread)


def _tells(said: Floats, targets: Floats) -> bool:
    """Whether the best slope is above 0: the likelihood rises there from 0 if and only if the two vary together."""
    if len(said) < 2 or np.ptp(said) < SPREAD or np.ptp(targets) == 0:
        return False
    return float((said - said.mean()) @ (targets - targets.mean())) > 0


def _level(targets: Floats) -> float:
    """The log-odds of the mean target."""
    mean = float(targets.mean()) if len(targets) else 0.5
    return float(np.log(mean / (1 - mean)))


def _most_likely(said: Floats, targets: Floats, start: float) -> tuple[float, float]:
    """Slope and intercept over standardised confidences."""
    design = np.column_stack([said, np.ones_like(said)])
    found = np.array([0.0, start])
    for _ in range(STEPS):
        probabilities = np.exp(-np.logaddexp(0, -design @ found))
        gradient = design.T @ (targets - probabilities)
        if np.abs(gradient).max() < GRADIENT:
            break
        curvature = probabilities * (1 - probabilities)
        hessian = (design.T * curvature) @ design + RIDGE * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        found = found + _length(design, targets, found, step) * step
    return float(max(0.0, found[0])), float(found[1])


def _length(design: Floats, targets: Floats, found: Floats, step: Floats) -> float:
    """How much of a step to take: it is halved until the likelihood does not fall."""
    length, loss = 1.0, _loss(design, targets, found)
    while length > SHORTEST and _loss(design, targets, found + length * step) > loss:
        length /= 2
    return length


def _loss(design: Floats, targets: Floats, found: Floats) -> float:
    logits = design @ found
    return float((np.logaddexp(0, logits) - targets * logits).sum())
