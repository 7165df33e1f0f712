"""Figures that are sums over sums, and their intervals, drawn by cluster (`jury.reliability.bootstrap`)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np

from benchmarks.metrics.judged import Judged
from jury.reliability.bootstrap import RESAMPLES, Floats, cluster_bootstrap, cluster_sums


@dataclass(frozen=True)
class Draw:
    """How a bootstrap draws: how often, and from which stream of random numbers."""

    resamples: int = RESAMPLES
    seed: int = 0


@dataclass(frozen=True)
class Mean:
    """A mean over cases or pairs: each one's cluster and value."""

    values: tuple[tuple[str, float], ...]

    @classmethod
    def over(cls, cases: Iterable[Judged], value: Callable[[Judged], float]) -> "Mean":
        """The mean of a value over cases."""
        return cls(tuple((one.cluster, value(one)) for one in cases))

    @property
    def value(self) -> float | None:
        """The mean itself, whatever the order; None over nothing."""
        return fsum(value for _, value in self.values) / len(self.values) if self.values else None

    def interval(self, draw: Draw) -> list[float] | None:
        """Its interval; None if its cases are fewer than two clusters."""
        return mean_interval([self], draw)


def mean_of(values: Iterable[float | None]) -> float | None:
    """The unweighted mean of some figures; None without any, and where one of them is unknown."""
    listed = list(values)
    known = [value for value in listed if value is not None]
    return fsum(known) / len(known) if known and len(known) == len(listed) else None


def mean_interval(means: Sequence[Mean], draw: Draw, weights: Sequence[float] | None = None) -> list[float] | None:
    """The interval of the weighted mean of means over cases; None if all their cases are fewer than two clusters.

    In a resample that drew no case of some mean, the others share its weight.
    """
    entries = [(cluster, place, value) for place, mean in enumerate(means) for cluster, value in mean.values]
    rows = np.zeros((len(entries), 2 * len(means)))
    for row, (_, place, value) in zip(rows, entries, strict=True):
        row[2 * place : 2 * place + 2] = value, 1
    sums = cluster_sums([cluster for cluster, _, _ in entries], rows)
    shares = np.array(weights or [1.0] * len(means))
    interval = cluster_bootstrap(lambda drawn: _weighted(drawn, shares), sums, resamples=draw.resamples, seed=draw.seed)
    return list(interval) if interval else None


def _weighted(sums: Floats, shares: Floats) -> Floats:
    """The weighted mean of the means that a resample has cases of; it has some of at least one."""
    totals, numbers = sums[:, 0::2], sums[:, 1::2]
    means = np.divide(totals, numbers, out=np.zeros_like(totals), where=numbers > 0)
    drawn = (numbers > 0) * shares
    weighted: Floats = (means * drawn).sum(axis=1) / drawn.sum(axis=1)
    return weighted
