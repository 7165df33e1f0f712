"""Gwet's AC2: agreement on an ordered scale, where a near miss counts for something."""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from jury.reliability.bootstrap import Floats
from jury.reliability.tallies import Unit, cast_values, mean_shares, pairable, tallies_of

Weights = Literal["ordinal", "linear", "quadratic"]


def gwet_ac2(units: Sequence[Unit], weights: Weights = "ordinal", categories: Sequence[float] = ()) -> float | None:
    """Gwet's AC2: 1 is perfect, 0 what chance gives; for several jurors and incomplete ballots.

    Gwet 2014, "Handbook of Inter-Rater Reliability", 4th edition, chapters 3 and 5. Ballots are numbers. A pair of them
    agrees by 1 − distance / longest distance (`linear`), by 1 − its square (`quadratic`), or by the ranks alone:
    1 − pairs of ranks from one to the other / pairs of all ranks (`ordinal`). `categories` are all points of the scale;
    give them, for the longest distance and the chance of agreeing hang on points nobody chose too.
    Unanimous ballots are 1.0. None if no unit has two ballots. With two points it is AC1.
    """
    points = sorted({float(value) for value in cast_values(units)} | set(categories))
    tallies = tallies_of(units, points)
    rows, repeats = pairable(tallies)
    if not len(rows):
        return None
    nearness = _NEARNESS[weights](np.array(points))
    ballots = rows.sum(axis=1)
    agreeing = (rows * (rows @ nearness - 1)).sum(axis=1) / (ballots * (ballots - 1))
    observed = float(repeats @ agreeing) / int(repeats.sum())
    chance = _chance(nearness, mean_shares(tallies))
    return (observed - chance) / (1 - chance)


def _chance(nearness: Floats, shares: Floats) -> float:
    """The chance of agreeing by weight: the sum of all weights times how evenly the points are chosen; 0 for one point."""
    pairs = len(shares) * (len(shares) - 1)
    return float(nearness.sum() * (shares * (1 - shares)).sum()) / pairs if pairs else 0.0


def _ordinal(points: Floats) -> Floats:
    ranks = np.arange(len(points))
    between = np.abs(np.subtract.outer(ranks, ranks)) + 1
    return _near(between * (between - 1) / 2)


def _linear(points: Floats) -> Floats:
    return _near(np.abs(np.subtract.outer(points, points)))


def _quadratic(points: Floats) -> Floats:
    return _near(np.subtract.outer(points, points) ** 2)


def _near(distances: Floats) -> Floats:
    longest = distances.max()
    nearness: Floats = 1 - distances / longest if longest else np.ones_like(distances)
    return nearness


_NEARNESS: dict[Weights, Callable[[Floats], Floats]] = {
    "ordinal": _ordinal,
    "linear": _linear,
    "quadratic": _quadratic,
}
