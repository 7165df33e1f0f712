"""How far jurors agree with each other, and how many independent votes they amount to.

Ballots come as *units*: one sequence per case with one value per juror, None where there is no ballot.
The order of units and of jurors changes nothing, not even the last digit.
"""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from jury.reliability.bootstrap import Floats
from jury.reliability.tallies import Counts, Value, cast_values, mean_shares, pairable, tallies_of
from jury.reliability.tallies import Unit as Unit

Level = Literal["nominal", "ordinal", "interval"]


def krippendorff_alpha(units: Sequence[Unit], level: Level = "nominal") -> float | None:
    """Krippendorff's alpha: 1 is perfect agreement, 0 what chance gives, below it disagreement by system.

    Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section E: 1 − observed / expected disagreement.
    Units with fewer than two ballots say nothing and are left out. Unanimous ballots without any variation would be
    1 − 0/0 and are 1.0, since no disagreement was observed; read AC1 and the prevalence beside it.
    None if no unit has two ballots. The levels `ordinal` and `interval` take numbers only.
    """
    values = sorted(cast_values(units), key=lambda value: (isinstance(value, str), value))
    rows, repeats = pairable(tallies_of(units, values))
    if not len(rows):
        return None
    totals: Counts = repeats @ rows
    distances = _DISTANCES[level](values, totals)
    expected = float(totals @ distances @ totals)
    if expected == 0:
        return 1.0
    within = ((rows @ distances) * rows).sum(axis=1) / (rows.sum(axis=1) - 1)
    return 1 - float((totals.sum() - 1) * (repeats @ within)) / expected


def gwet_ac1(units: Sequence[Unit], categories: Sequence[Value] = ()) -> float | None:
    """Gwet's AC1: agreement corrected for chance in a way that a rare class does not upset; 1 is perfect.

    Gwet 2008, "Computing inter-rater reliability and its variance in the presence of high agreement", for several
    jurors and incomplete ballots. `categories` are all choices there were; those nobody chose count too.
    None if no unit has two ballots.
    """
    values = sorted(cast_values(units) | set(categories), key=str)
    tallies = tallies_of(units, values)
    rows, repeats = pairable(tallies)
    if not len(rows):
        return None
    ballots = rows.sum(axis=1)
    agreeing = (rows * (rows - 1)).sum(axis=1) / (ballots * (ballots - 1))
    observed = float(repeats @ agreeing) / int(repeats.sum())
    shares = mean_shares(tallies)
    chance = float((shares * (1 - shares)).sum()) / max(1, len(values) - 1)
    return (observed - chance) / (1 - chance)


def prevalence(units: Sequence[Unit], *positives: Value) -> float | None:
    """The share of the ballots cast that are for a positive choice, 0 to 1; None without ballots."""
    ballots = [value for unit in units for value in unit if value is not None]
    return sum(map(ballots.count, set(positives))) / len(ballots) if ballots else None


def _nominal(values: Sequence[Value], _: Counts) -> Floats:
    return 1.0 - np.eye(len(values))


def _ordinal(_: Sequence[Value], totals: Counts) -> Floats:
    """The ballots between the middles of two ranks, squared."""
    middles = np.cumsum(totals) - totals / 2
    distances: Floats = np.subtract.outer(middles, middles) ** 2
    return distances


def _interval(values: Sequence[Value], _: Counts) -> Floats:
    numbers = np.array(values, dtype=np.float64)
    distances: Floats = np.subtract.outer(numbers, numbers) ** 2
    return distances


_DISTANCES: dict[Level, Callable[[Sequence[Value], Counts], Floats]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
}
