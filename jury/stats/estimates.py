"""An estimate: a figure, its interval, and what both rest on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Interval = tuple[float, float]

#: The level of every interval.
LEVEL = 0.95

#: The two-sided quantile of the normal distribution at that level.
Z = 1.959963984540054

#: Intervals are rounded to so many decimals, so that the order in which a machine adds floats cannot show.
DECIMALS = 9

#: With fewer clusters than this the number of clusters is printed beside an interval.
FEW_CLUSTERS = 10


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval.

    `value` is None where the figure is undefined; `interval` is None where there is too little for one: fewer than two
    clusters, or nothing that varies. `n` is the number of cases that the figure is taken over, `clusters` the number of their
    clusters, `size` the number of independent cases that they are worth. `influence` has what every cluster adds to the figure's
    error, by the cluster's name (its first-order influence): the difference of two figures over the same cases needs it.
    """

    value: float | None
    interval: Interval | None = None
    n: int = 0
    clusters: int = 0
    size: float = 0.0
    influence: Mapping[str, float] = field(default_factory=dict, repr=False, compare=False)

    def on_scale(self, scale: Callable[[float], float], slope: float) -> "Estimate":
        """The estimate of a monotone function of the figure; `slope` is the function's derivative at the figure."""
        if self.value is None:
            return self
        ends = sorted(scale(end) for end in self.interval) if self.interval else None
        return Estimate(
            value=scale(self.value),
            interval=rounded(ends[0], ends[1]) if ends else None,
            n=self.n,
            clusters=self.clusters,
            size=self.size,
            influence={name: slope * value for name, value in self.influence.items()},
        )


#: The estimate of an undefined figure.
UNDEFINED = Estimate(None)


def rounded(low: float, high: float) -> Interval:
    """An interval to 9 decimals, without a negative zero."""
    return round(float(low), DECIMALS) + 0.0, round(float(high), DECIMALS) + 0.0


def cluster_codes(names: Sequence[str]) -> tuple[Codes, list[str]]:
    """The number of every case's cluster, and the clusters' names in order (by code points)."""
    ordered = sorted(set(names))
    place = {name: index for index, name in enumerate(ordered)}
    return np.array([place[name] for name in names], dtype=np.intp), ordered
