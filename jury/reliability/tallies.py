"""Ballots as counts: how many of a unit's ballots are for each value. What every figure of agreement starts from."""

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from jury.reliability.bootstrap import Floats

Value = str | float

#: One case: a value per juror, None where there is no ballot.
Unit = Sequence[Value | None]
Counts = NDArray[np.int64]


def cast_values(units: Iterable[Unit]) -> set[Value]:
    """The values somebody chose."""
    return {value for unit in units for value in unit if value is not None}


def tallies_of(units: Sequence[Unit], values: Sequence[Value]) -> Counts:
    """How many ballots of each unit are for each value: shape (units, values). Raises `KeyError` for another value."""
    place: dict[Hashable, int] = {value: index for index, value in enumerate(values)}
    tallies = np.zeros((len(units), len(values)), dtype=np.int64)
    for row, unit in zip(tallies, units, strict=True):
        for value in unit:
            if value is not None:
                row[place[value]] += 1
    return tallies


def pairable(tallies: Counts) -> tuple[Counts, Counts]:
    """The distinct tallies of two or more ballots and how often each occurs, in an order of their own."""
    rows, repeats = np.unique(tallies[tallies.sum(axis=1) >= 2], axis=0, return_counts=True)
    return rows, repeats


def mean_shares(tallies: Counts) -> Floats:
    """The mean share of each value over the units with a ballot, whatever their order."""
    rows, repeats = np.unique(tallies[tallies.sum(axis=1) >= 1], axis=0, return_counts=True)
    shares: Floats = repeats @ (rows / rows.sum(axis=1, keepdims=True)) / repeats.sum()
    return shares
