"""Comparing two sets of judgements over the same cases: paired tests, and the correction for many of them."""

from collections.abc import Sequence
from math import comb, erfc, sqrt

import numpy as np

from jury.reliability.bootstrap import Floats, resampled_sums

#: Up to so many discordant pairs McNemar's test is exact; beyond, chi-square is as good.
EXACT_UP_TO = 1000


def mcnemar(only_first: int, only_second: int) -> float:
    """The two-sided p-value of McNemar's test (1947), given how many pairs are positive in one of the two only.

    Exact (a binomial test of the discordant pairs) up to `EXACT_UP_TO` of them, else chi-square with Edwards'
    continuity correction. 1.0 where no pair is discordant. It takes pairs as independent.
    """
    discordant = only_first + only_second
    if discordant <= EXACT_UP_TO:
        tail = sum(comb(discordant, k) for k in range(min(only_first, only_second) + 1))
        return min(1.0, 2 * tail / (1 << discordant))
    distance = max(0, abs(only_first - only_second) - 1)
    return erfc(sqrt(distance**2 / discordant / 2))


def bootstrap_p(clusters: Floats, *, resamples: int, seed: int = 0) -> float | None:
    """The two-sided p-value of a mean difference, from the bootstrap of its clusters (rows of difference and number).

    Twice the share of resamples on the rarer side of zero, those at zero on both, one added to each count so that it is
    never 0 (Davison & Hinkley 1997, section 4.2). None for fewer than two clusters.
    """
    if len(clusters) < 2:
        return None
    differences = resampled_sums(clusters, resamples=resamples, seed=seed)[:, 0]
    rarer = min(int(np.sum(differences <= 0)), int(np.sum(differences >= 0)))
    return min(1.0, 2 * (rarer + 1) / (resamples + 1))


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """The p-values corrected for how many there are, in their order (Holm 1979); an unknown one stays and counts not."""
    known = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    corrected: list[float | None] = [None] * len(p_values)
    least = 0.0
    for rank, (p, place) in enumerate(known):
        least = max(least, min(1.0, (len(known) - rank) * p))
        corrected[place] = least
    return corrected
