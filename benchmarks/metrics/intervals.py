"""Figures that are means over cases, and their 95 % intervals (`jury.stats.means`), which take cases of one cluster as dependent."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum

from benchmarks.metrics.judged import Judged
from jury.reliability.bootstrap import RESAMPLES
from jury.stats.estimates import Estimate
from jury.stats.means import estimate_mean, estimate_mean_of_means

#: What `results.json` calls the intervals; those of earlier releases, which have no name there, are percentile bootstraps.
INTERVALS = "score"


@dataclass(frozen=True)
class Draw:
    """How a metric that resamples draws: how often, and from which stream of random numbers. The metrics here don't resample."""

    resamples: int = RESAMPLES
    seed: int = 0


@dataclass(frozen=True)
class Mean:
    """A mean over cases or pairs: each one's cluster and value, and the lowest and the highest value there can be."""

    values: tuple[tuple[str, float], ...]
    low: float = 0.0
    high: float = 1.0

    @classmethod
    def over(cls, cases: Iterable[Judged], value: Callable[[Judged], float]) -> "Mean":
        """The mean of a value from 0 to 1 over cases."""
        return cls(tuple((one.cluster, value(one)) for one in cases))

    @property
    def value(self) -> float | None:
        """The mean itself, whatever the order; None over nothing."""
        return fsum(value for _, value in self.values) / len(self.values) if self.values else None

    @cached_property
    def estimate(self) -> Estimate:
        """The mean with its interval, clusters, and what it is worth in independent cases."""
        low, high = value_range([self])
        return estimate_mean([value for _, value in self.values], [name for name, _ in self.values], low=low, high=high)

    @property
    def interval(self) -> list[float] | None:
        """Its interval; None if its cases are fewer than two clusters."""
        return listed(self.estimate)


def mean_of(values: Iterable[float | None]) -> float | None:
    """The unweighted mean of some figures; None without any, and where one of them is unknown."""
    found = list(values)
    known = [value for value in found if value is not None]
    return fsum(known) / len(known) if known and len(known) == len(found) else None


def mean_interval(means: Sequence[Mean], weights: Sequence[float] | None = None) -> list[float] | None:
    """The interval of the weighted mean of means over cases; None if one is over nothing, or all cases are fewer than two clusters."""
    if len(means) == 1:
        return means[0].interval
    strata = [([value for _, value in mean.values], [name for name, _ in mean.values]) for mean in means]
    low, high = value_range(means)
    return listed(estimate_mean_of_means(strata, weights, low=low, high=high))


def listed(estimate: Estimate) -> list[float] | None:
    """An estimate's interval as JSON holds it."""
    return list(estimate.interval) if estimate.interval else None


def value_range(means: Sequence[Mean]) -> tuple[float, float]:
    """The lowest and the highest value of any of the means; wider than stated where a value lies outside."""
    found = [value for mean in means for _, value in mean.values]
    return min([*found, *(mean.low for mean in means)]), max([*found, *(mean.high for mean in means)])
