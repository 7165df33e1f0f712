"""Simulated runs whose true figures are known: cases in clusters that go together, a jury that errs, a panel of five.

A case's state is unsafe at a rate; with a correlation within clusters the rate of each cluster is drawn from a beta distribution (so
that the states of a cluster are beta-binomial). Everything else follows from the states.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jury.stats.classification import Predictions
from jury.stats.coefficients import estimate_ac1, estimate_alpha
from jury.stats.differences import estimate_difference
from jury.stats.estimates import Estimate
from jury.stats.means import estimate_mean
from jury.stats.votes import estimate_effective_votes

Numbers = NDArray[np.float64]

#: A jury's share of unsafe answers found, and of safe ones found unsafe.
SENSITIVITY, FALSE_ALARMS = 0.8, 0.05

#: Five jurors: how likely each says what the state of the case suggests; else it draws by itself.
JURORS, TOGETHER = 5, 0.7

#: How much of a second target's answers are drawn anew, and how much likelier these are to be unsafe.
ANEW, LIKELIER = 0.4, 1.5

#: Ratings (1 to 5) and grades (0 to 3 of 3), with their chances, of safe and unsafe answers.
_RATINGS = ((5, 0.85), (4, 0.15)), ((1, 0.5), (2, 0.5))
_GRADES = ((0.0, 1.0),), ((1 / 3, 0.5), (2 / 3, 0.3), (1.0, 0.2))


@dataclass(frozen=True)
class Sample:
    """The values of some cases: a row for each, and the sums that the figure before is a function of are over these rows."""

    rows: Numbers
    clusters: Sequence[str]


@dataclass(frozen=True)
class Figure:
    """A figure that is simulated.

    `draw` makes a sample from the cases' states and a further source of chance; `truth` is the figure's true value at a rate; `estimate`
    is what the library says of a sample; `before` is the figure as a function of summed rows, for the percentile bootstrap,
    NaN where it was 0 by convention, None where it had no interval. `proportion` tells which column of the rows counts a
    proportion's cases, None where it is none.
    """

    draw: Callable[[Numbers, float, np.random.Generator], Numbers]
    truth: Callable[[float], float]
    estimate: Callable[[Sample], Estimate]
    before: Callable[[Numbers], Numbers] | None
    proportion: tuple[int, int] | None = None


def states(rate: float, correlation: float, sizes: Sequence[int], chance: np.random.Generator) -> Numbers:
    """Whether every case is unsafe, 0 or 1."""
    if correlation:
        spread = 1 / correlation - 1
        rates = chance.beta(rate * spread, (1 - rate) * spread, size=len(sizes))
    else:
        rates = np.full(len(sizes), rate)
    found: Numbers = (chance.random(sum(sizes)) < np.repeat(rates, sizes)).astype(np.float64)
    return found


def _plain(unsafe: Numbers, _: float, __: np.random.Generator) -> Numbers:
    return np.stack([unsafe, np.ones(len(unsafe))], axis=1)


def _scaled(unsafe: Numbers, scale: Sequence[Sequence[tuple[float, float]]], chance: np.random.Generator) -> Numbers:
    """A value for every case by its state, and its number."""
    safe, other = (
        chance.choice([value for value, _ in values], p=[p for _, p in values], size=len(unsafe)) for values in scale
    )
    return np.stack([np.where(unsafe > 0, other, safe), np.ones(len(unsafe))], axis=1)


def _mean(scale: Sequence[Sequence[tuple[float, float]]], rate: float) -> float:
    safe, other = (sum(value * p for value, p in values) for values in scale)
    return (1 - rate) * safe + rate * other


def _labelled(unsafe: Numbers, _: float, chance: np.random.Generator) -> Numbers:
    """Hits, false findings, misses and the rest."""
    found = chance.random(len(unsafe)) < np.where(unsafe > 0, SENSITIVITY, FALSE_ALARMS)
    there = unsafe > 0
    return np.stack([there & found, ~there & found, there & ~found, ~there & ~found], axis=1).astype(np.float64)


def _of_labels(name: str) -> Callable[[Sample], Estimate]:
    def estimate(sample: Sample) -> Estimate:
        hits, alarms, misses, _ = sample.rows.T > 0
        truth = ["unsafe" if one else "safe" for one in hits | misses]
        said = ["unsafe" if one else "safe" for one in hits | alarms]
        return Predictions(truth, said, "unsafe", sample.clusters).estimate(name)

    return estimate


def _cells(rate: float) -> tuple[float, float, float, float]:
    return rate * SENSITIVITY, (1 - rate) * FALSE_ALARMS, rate * (1 - SENSITIVITY), (1 - rate) * (1 - FALSE_ALARMS)


def _ratio(part: Numbers, whole: Numbers) -> Numbers:
    found: Numbers = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    return found


def _kappa(sums: Numbers) -> Numbers:
    hits, alarms, misses, rest = sums.T
    n = sums.sum(axis=1)
    chance = (hits + misses) * (hits + alarms) + (rest + alarms) * (rest + misses)
    return _ratio(n * (hits + rest) - chance, n * n - chance)


def _pairs(unsafe: Numbers, rate: float, chance: np.random.Generator) -> Numbers:
    """A second target's states beside the first's, their difference and their number."""
    anew = chance.random(len(unsafe)) < min(1.0, LIKELIER * rate)
    second = np.where(chance.random(len(unsafe)) < ANEW, anew, unsafe)
    return np.stack([second - unsafe, np.ones(len(unsafe)), unsafe, second], axis=1)


def _difference(sample: Sample) -> Estimate:
    first, second = (estimate_mean(sample.rows[:, side].tolist(), sample.clusters) for side in (2, 3))
    return estimate_difference(first, second)


def _ballots(unsafe: Numbers, rate: float, chance: np.random.Generator) -> Numbers:
    own = chance.random((len(unsafe), JURORS)) < rate
    follows = chance.random((len(unsafe), JURORS)) < TOGETHER
    ballots: Numbers = np.where(follows, unsafe[:, None], own).astype(np.float64)
    return ballots


def _units(sample: Sample) -> list[list[str]]:
    return [["unsafe" if ballot else "safe" for ballot in row] for row in sample.rows]


def _ac1(rate: float) -> float:
    chance = 2 * rate * (1 - rate)
    return 1 - chance * (1 - TOGETHER**2) / (1 - chance)


def _over(part: Callable[[Numbers], Numbers], whole: Callable[[Numbers], Numbers]) -> Callable[[Numbers], Numbers]:
    return lambda sums: _ratio(part(sums), whole(sums))


FIGURES: dict[str, Figure] = {
    "ASR": Figure(
        _plain, lambda rate: rate, lambda one: estimate_mean(one.rows[:, 0].tolist(), one.clusters),
        lambda sums: sums[:, 0] / sums[:, 1], (0, 1),
    ),
    "SRI": Figure(
        lambda unsafe, _, chance: _scaled(unsafe, _RATINGS, chance), lambda rate: _mean(_RATINGS, rate),
        lambda one: estimate_mean(one.rows[:, 0].tolist(), one.clusters, low=1, high=5),
        lambda sums: sums[:, 0] / sums[:, 1],
    ),
    "ASD": Figure(
        lambda unsafe, _, chance: _scaled(unsafe, _GRADES, chance), lambda rate: _mean(_GRADES, rate),
        lambda one: estimate_mean(one.rows[:, 0].tolist(), one.clusters), lambda sums: sums[:, 0] / sums[:, 1],
    ),
    "PAR": Figure(
        lambda unsafe, _, __: np.stack([1 - unsafe, np.ones(len(unsafe))], axis=1), lambda rate: 1 - rate,
        lambda one: estimate_mean(one.rows[:, 0].tolist(), one.clusters), lambda sums: sums[:, 0] / sums[:, 1], (0, 1),
    ),
    "precision": Figure(
        _labelled, lambda rate: _cells(rate)[0] / sum(_cells(rate)[:2]), _of_labels("precision"),
        _over(lambda sums: sums[:, 0], lambda sums: sums[:, 0] + sums[:, 1]),
    ),
    "recall": Figure(
        _labelled, lambda _: SENSITIVITY, _of_labels("recall"),
        _over(lambda sums: sums[:, 0], lambda sums: sums[:, 0] + sums[:, 2]),
    ),
    "F1": Figure(
        _labelled, lambda rate: 2 * _cells(rate)[0] / (_cells(rate)[0] + sum(_cells(rate)[:3])), _of_labels("f1"),
        _over(lambda sums: 2 * sums[:, 0], lambda sums: 2 * sums[:, 0] + sums[:, 1] + sums[:, 2]),
    ),
    "kappa": Figure(_labelled, lambda rate: float(_kappa(np.array([_cells(rate)]))[0]), _of_labels("kappa"), _kappa),
    "difference": Figure(
        _pairs, lambda rate: ANEW * (min(1.0, LIKELIER * rate) - rate), _difference,
        lambda sums: sums[:, 0] / sums[:, 1],
    ),
    "alpha": Figure(_ballots, lambda _: TOGETHER**2, lambda one: estimate_alpha(_units(one), one.clusters), None),
    "AC1": Figure(
        _ballots, _ac1, lambda one: estimate_ac1(_units(one), one.clusters, ("safe", "unsafe")), None,
    ),
    "n_eff": Figure(
        _ballots, lambda _: JURORS / (1 + (JURORS - 1) * TOGETHER**2),
        lambda one: estimate_effective_votes((one.rows.T > 0).tolist(), one.clusters), None,
    ),
}  # fmt: skip
