"""The arrangements of clusters over two sides, and what every arrangement makes of a difference of means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice
from math import comb

import numpy as np
from numpy.typing import NDArray

from jury.stats.estimates import Floats

Moves = NDArray[np.bool_]

_CELLS_AT_ONCE = 1 << 20

#: A variance that is a smaller share of what it is the difference of is none.
_NOTHING = 1e-12

#: What a difference without any variance is taken for, in standard errors.
_SURE = 1e9


@dataclass(frozen=True)
class ClusterTable:
    """Clusters with their cases on either side.

    `sums`, `squares` and `numbers` have shape (clusters, 2): the sum of the values of a cluster's cases on each side, of their squares,
    and how many there are. `sides` is 0 for a cluster of the first side only, 1 for one of the second, 2 for one of both.
    """

    sums: Floats
    squares: Floats
    numbers: Floats
    sides: NDArray[np.intp]

    @classmethod
    def of(cls, first: Sequence[tuple[str, float]], second: Sequence[tuple[str, float]]) -> "ClusterTable":
        """The clusters of the cases of both sides, in the order of their names."""
        names = sorted({name for name, _ in (*first, *second)})
        place = {name: index for index, name in enumerate(names)}
        tables = np.zeros((3, len(names), 2))
        for side, values in enumerate((first, second)):
            at = [place[name] for name, _ in values]
            given = np.array([value for _, value in values], dtype=np.float64)
            for table, power in zip(tables, (given, given**2, np.ones(len(given))), strict=True):
                table[:, side] = np.bincount(at, power, minlength=len(names))
        has = tables[2] > 0
        sides = np.where(has[:, 0] & has[:, 1], 2, np.where(has[:, 1], 1, 0))
        return cls(tables[0], tables[1], tables[2], sides)

    @property
    def arrangements(self) -> int:
        """How many arrangements there are: clusters of one side change it, those of both swap their cases."""
        first, second, both = (int((self.sides == side).sum()) for side in (0, 1, 2))
        return comb(first + second, first) << both

    @property
    def as_found(self) -> Moves:
        """The arrangement that was found, of shape (1, clusters).

        True says of a cluster of one side that it stands on the second, of one of both that its cases have swapped.
        """
        found: Moves = (self.sides == 1)[None, :]
        return found

    def listed(self) -> Iterator[Moves]:
        """All arrangements, in blocks of shape (rows, clusters)."""
        single, both = np.flatnonzero(self.sides != 2), np.flatnonzero(self.sides == 2)
        swaps = ((np.arange(1 << len(both))[:, None] >> np.arange(len(both))) & 1).astype(bool)
        choices = combinations(single.tolist(), int((self.sides == 1).sum()))
        rows = max(1, _CELLS_AT_ONCE // (len(swaps) * len(self.sides)))
        while chosen := list(islice(choices, rows)):
            moved = np.zeros((len(chosen), len(swaps), len(self.sides)), dtype=bool)
            np.put_along_axis(moved, np.array(chosen, dtype=np.intp).reshape(len(chosen), 1, -1), True, axis=2)
            moved[:, :, both] = swaps
            yield moved.reshape(-1, len(self.sides))

    def drawn(self, count: int, generator: np.random.Generator) -> Iterator[Moves]:
        """So many arrangements drawn at random, in blocks."""
        single, both = np.flatnonzero(self.sides != 2), np.flatnonzero(self.sides == 2)
        block = max(1, _CELLS_AT_ONCE // len(self.sides))
        for start in range(0, count, block):
            rows = min(block, count - start)
            moved = np.zeros((rows, len(self.sides)), dtype=bool)
            moved[:, single] = generator.permuted(np.tile(self.as_found[0, single], (rows, 1)), axis=1)
            moved[:, both] = generator.integers(0, 2, size=(rows, len(both))) > 0
            yield moved

    def statistics(self, moved: Moves) -> Floats:
        """The absolute difference of the means in its standard errors, of shape (rows, 2): by the variance between the clusters
        of the arrangement, and by that which the clusters' sizes give under the null hypothesis.
        """
        kept, swapped = self._features
        added = kept.sum(axis=0) + moved.astype(np.float64) @ (swapped - kept)
        s1, n1, s2, n2, ss1, sn1, nn1, ss2, sn2, nn2, s1s2, s1n2, n1s2, n1n2, v1, v2, v12 = added.T
        first, second = s1 / n1, s2 / n2
        found = (
            (ss1 - 2 * first * sn1 + first**2 * nn1) / n1**2
            + (ss2 - 2 * second * sn2 + second**2 * nn2) / n2**2
            - 2 * (s1s2 - first * n1s2 - second * s1n2 + first * second * n1n2) / (n1 * n2)
        )
        scale = ss1 / n1**2 + ss2 / n2**2
        expected = v1 / n1**2 + v2 / n2**2 - 2 * v12 / (n1 * n2)
        return np.stack([_in_errors(second - first, variance, scale) for variance in (found, expected)], axis=1)

    @cached_property
    def _features(self) -> tuple[Floats, Floats]:
        """What every cluster adds to the sums that `statistics` needs, where it has not moved, and where it has."""
        single = self.sides != 2
        first = [np.where(single, table.sum(axis=1), table[:, 0]) for table in (self.sums, self.numbers)]
        second = [np.where(single, 0.0, table[:, 1]) for table in (self.sums, self.numbers)]
        return self._columns(*first, *second), self._columns(*second, *first)

    def _columns(self, s1: Floats, n1: Floats, s2: Floats, n2: Floats) -> Floats:
        variance, together = self._null
        v1, v2 = (variance * n * (1 + (n - 1) * together) for n in (n1, n2))
        return np.stack(
            [
                s1, n1, s2, n2, s1 * s1, s1 * n1, n1 * n1, s2 * s2, s2 * n2, n2 * n2,
                s1 * s2, s1 * n2, n1 * s2, n1 * n2, v1, v2, variance * together * n1 * n2,
            ],
            axis=1,
        )  # fmt: skip

    @cached_property
    def _null(self) -> tuple[float, float]:
        """The variance of a case and the correlation within clusters, were the mean of all cases that of both sides."""
        sums, numbers = self.sums.sum(axis=1), self.numbers.sum(axis=1)
        total = float(numbers.sum())
        mean = float(sums.sum()) / total
        apart = float(self.squares.sum()) - total * mean**2
        pairs = float((numbers * (numbers - 1)).sum())
        variance = max(0.0, apart / max(1.0, total - 1))
        if pairs <= 0 or variance <= 0:
            return variance, 0.0
        shared = float(((sums - mean * numbers) ** 2).sum()) - apart
        return variance, min(1.0, max(0.0, shared / (variance * pairs)))


def _in_errors(difference: Floats, variance: Floats, scale: Floats) -> Floats:
    """A difference in standard errors; 0 without a difference, whatever its variance."""
    apart = np.abs(difference)
    told = variance > _NOTHING * scale
    errors = np.where(told, apart / np.sqrt(np.where(told, variance, 1.0)), _SURE)
    found: Floats = np.where(apart <= 1e-9 * np.sqrt(np.maximum(scale, 0.0)), 0.0, errors)
    return found
