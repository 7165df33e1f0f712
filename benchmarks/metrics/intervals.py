"""Intervals of figures over cases, drawn by cluster (`jury.reliability.bootstrap`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.metrics.judged import Judged
from jury.reliability.bootstrap import RESAMPLES, Floats, cluster_bootstrap, cluster_sums


@dataclass(frozen=True)
class Draw:
    """How a bootstrap draws: how often, and from which stream of random numbers."""

    resamples: int = RESAMPLES
    seed: int = 0


def mean_ci(cases: Sequence[Judged], value: Callable[[Judged], float], draw: Draw) -> list[float] | None:
    """The interval of a mean over cases; None if they are fewer than two clusters."""
    rows = np.array([(value(one), 1.0) for one in cases]).reshape(-1, 2)
    clusters = cluster_sums([one.cluster for one in cases], rows)
    interval = cluster_bootstrap(_mean, clusters, resamples=draw.resamples, seed=draw.seed)
    return list(interval) if interval else None


def _mean(sums: Floats) -> Floats:
    """Sum by number; a drawn cluster holds at least one case, so the number is never zero."""
    means: Floats = sums[:, 0] / sums[:, 1]
    return means
