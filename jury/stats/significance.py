"""Permutation tests over clusters of cases, and the correction for many tests.

They assume only that under the null hypothesis what is permuted is exchangeable (Fisher 1935, "The design of experiments", chapter
3; Pitman 1937, JRSS Supplement 4, 119-130), so that they keep their level with three clusters as with a hundred, with and without
ties. Up to 20 clusters all arrangements are counted and the p-value is exact. Beyond, some are drawn at random and it is
(b + 1) / (m + 1), where b of m are as extreme as what was found (Davison & Hinkley 1997, section 4.2.5; Phipson & Smyth 2010,
Statistical Applications in Genetics and Molecular Biology 9, article 39). Arrangements that tie with what was found are as extreme.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import comb, erfc, sqrt

import numpy as np

from jury.stats.arrangements import ClusterTable
from jury.stats.estimates import Floats

#: The level of every test.
ALPHA = 0.05

#: Clusters up to which every arrangement of a paired test is counted.
EXACT_CLUSTERS = 20

#: Arrangements up to which all of an unpaired test are counted: those of 20 clusters, and of more if few are on one side.
EXACT_ARRANGEMENTS = 200_000

#: Arrangements drawn where they are not listed.
ARRANGEMENTS = 20_000

#: Up to so many discordant pairs McNemar's test is exact; beyond, chi-square is as good.
EXACT_PAIRS = 1000

#: The share of the largest value that two values may differ by and still tie.
_TIE = 1e-9

SIGN_FLIP, PERMUTATION = "sign-flip", "permutation"


@dataclass(frozen=True)
class Significance:
    """A two-sided p-value, and the smallest that these clusters could have given.

    `p` and `least` are None where there is nothing to compare. Of `clusters` clusters, `differing` tell something: paired figures
    differ on them. `method` names the test.
    """

    p: float | None
    least: float | None
    clusters: int
    differing: int
    method: str

    @property
    def can_tell(self) -> bool:
        """Whether so few clusters can give a p-value below .05 at all."""
        return self.least is not None and self.least < ALPHA

    def limit(self, unit: str) -> str:
        """What these clusters (`unit`, in the plural) can show at most, as a sentence without an end; empty where they suffice."""
        if self.least is None or self.can_tell:
            return ""
        if not self.differing:
            return f"none of {_count(self.clusters)} {unit} differs"
        told = f"{_count(self.differing)} {unit}{' that differ' if self.differing < self.clusters else ''}"
        return f"with {told} the smallest possible p is {_decimal(self.least)}"


def sign_flip(differences: Sequence[float], *, arrangements: int = ARRANGEMENTS, seed: int = 0) -> Significance:
    """Whether paired differences, added up within each cluster, are on average other than 0.

    Under the null hypothesis each cluster's difference is as likely to have the other sign. A cluster without a difference tells
    nothing. Where all differences are of one size the p-value is binomial, as McNemar's is.
    """
    every = np.array(sorted(differences), dtype=np.float64)
    if not len(every):
        return Significance(None, None, 0, 0, SIGN_FLIP)
    told = every[np.abs(every) > _TIE * np.abs(every).max()]
    count = len(told)
    p, least = (1.0, 1.0) if not count else _flipped(told, arrangements, seed)
    return Significance(p, least, len(every), count, SIGN_FLIP)


def _flipped(told: Floats, arrangements: int, seed: int) -> tuple[float, float]:
    """The p-value of the sum of some differences under all signs, or under signs drawn at random, and the smallest there can be."""
    sizes, count = np.abs(told), len(told)
    least = 2.0 ** (1 - count)
    if float(np.ptp(sizes)) <= _TIE * float(sizes.max()):
        ahead = int((told > 0).sum())
        return mcnemar(ahead, count - ahead), least
    found = abs(float(told.sum())) - _TIE * float(sizes.sum())
    if count <= EXACT_CLUSTERS:
        sums = np.zeros(1)
        for size in sizes:
            sums = np.concatenate([sums - size, sums + size])
        return float((np.abs(sums) >= found).mean()), least
    generator = np.random.default_rng(seed)
    extreme = 0
    for rows in _blocks(arrangements, count):
        signs = generator.integers(0, 2, size=(rows, count)) * 2 - 1
        extreme += int((np.abs(signs @ sizes) >= found).sum())
    return (extreme + 1) / (arrangements + 1), 1 / (arrangements + 1)


def cluster_permutation(
    first: Sequence[tuple[str, float]],
    second: Sequence[tuple[str, float]],
    *,
    arrangements: int = ARRANGEMENTS,
    seed: int = 0,
) -> Significance:
    """Whether two means over different cases differ; each case is its cluster and its value.

    Whole clusters change sides, as many on either side as before; one that has cases on both sides swaps them. Where the clusters of
    the two sides differ in size they are not quite exchangeable. So the difference of the means is divided by its standard
    error, once as each arrangement has it (Janssen 1997, Statistics & Probability Letters 36, 9-21), once as the clusters' sizes
    give it under one variance and one correlation within clusters, and the larger of the two p-values counts. For clusters of one
    size both are the same.
    """
    if not first or not second:
        return Significance(None, None, 0, 0, PERMUTATION)
    table = ClusterTable.of(first, second)
    exact = table.arrangements <= EXACT_ARRANGEMENTS
    generator = np.random.default_rng(seed)
    blocks = table.listed() if exact else table.drawn(arrangements, generator)
    values = np.concatenate([table.statistics(moved) for moved in blocks])
    found = table.statistics(table.as_found)[0]
    added, total = (0, len(values)) if exact else (1, len(values) + 1)
    p, least = 0.0, 0.0
    for column, value in zip(values.T, found, strict=True):
        p = max(p, (int((column >= value * (1 - _TIE)).sum()) + added) / total)
        most = max(float(column.max()), float(value))
        least = max(least, max(1, int((column >= most * (1 - _TIE)).sum())) / total)
    return Significance(p, least, len(table.sides), len(table.sides), PERMUTATION)


def mcnemar(only_first: int, only_second: int) -> float:
    """The two-sided p-value of McNemar's test (1947), given how many pairs are positive in one of the two only.

    Exact (a binomial test of the discordant pairs) up to `EXACT_PAIRS` of them, else chi-square with Edwards' continuity correction.
    1.0 where no pair is discordant. It takes pairs as independent.
    """
    discordant = only_first + only_second
    if discordant <= EXACT_PAIRS:
        tail = sum(comb(discordant, k) for k in range(min(only_first, only_second) + 1))
        return min(1.0, 2 * tail / (1 << discordant))
    distance = max(0, abs(only_first - only_second) - 1)
    return erfc(sqrt(distance**2 / discordant / 2))


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """The p-values corrected for how many there are, in their order (Holm 1979); an unknown one stays and counts not."""
    known = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    corrected: list[float | None] = [None] * len(p_values)
    least = 0.0
    for rank, (p, place) in enumerate(known):
        least = max(least, min(1.0, (len(known) - rank) * p))
        corrected[place] = least
    return corrected


def _blocks(rows: int, columns: int) -> Iterator[int]:
    block = max(1, (1 << 20) // max(1, columns))
    yield from (min(block, rows - start) for start in range(0, rows, block))


def _count(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else f"{number:,}"


def _decimal(p: float) -> str:
    return f"{p:.3g}".removeprefix("0")
