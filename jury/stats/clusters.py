"""How much less cases tell that are in clusters: the design effect.

The variance of a figure over clusters, divided by its variance over independent cases, is estimated from the clusters, and allowed for by
the effective sample size (Korn & Graubard 1998, Survey Methodology 24, 193-201): never more than the cases there are, and less by the
square of Student's quantile over the normal one, since the estimate comes from few clusters. Two things differ from that paper:

- The degrees of freedom are those of the part that clusters add. The estimate differs from 1 by the products of pairs of cases of one
  cluster, so that n² / Σ (m² − m) − 1 is used for clusters of m cases: many for clusters of one or two, their number for large ones.
- Few events tell nothing of how events go together: a single one always looks independent. So a design effect is assumed beside it
  (`jury.stats.scores`), that of an intraclass correlation of .3. With no event at all it is used alone. It puts the upper limit of no
  events where no event still has a chance of 5 % under a beta-binomial distribution: ln(1 / .05) / (z² g) for clusters of m
  cases, with g = (s / m) (ψ(s + m) − ψ(s)) and s = 1 / .3 − 1; and 1 if that is more.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from jury.stats.estimates import Codes, Floats, Z

#: The intraclass correlation that is assumed where too few events tell it.
ASSUMED_CORRELATION = 0.3

#: The chance of no event at the upper limit that no event gives.
_CHANCE_OF_NONE = 0.05

#: Student's quantile is taken at no fewer degrees of freedom.
_LEAST_FREEDOM = 0.2


@dataclass(frozen=True)
class Clustering:
    """Which cases are in one cluster, and how much each weighs."""

    weights: Floats
    codes: Codes
    by_cluster: Floats

    @classmethod
    def of(cls, weights: Floats, codes: Codes) -> "Clustering":
        """The clustering of cases of these weights in these clusters."""
        by_cluster: Floats = np.bincount(codes, weights).astype(np.float64)
        return cls(weights, codes, by_cluster)

    @cached_property
    def count(self) -> int:
        """How many clusters hold a case that weighs anything."""
        return int((self.by_cluster > 0).sum())

    @cached_property
    def has_pairs(self) -> bool:
        """Whether any two such cases are in one cluster."""
        return self._pairs > 1e-12 * self._squares

    @cached_property
    def assumed_effect(self) -> float:
        """The design effect that is assumed without any event: that of clusters as large as these on average."""
        if not self.has_pairs:
            return 1.0
        return assumed_effect(float((self.by_cluster**2).sum() / (self.weights**2).sum()))

    def found_effect(self, influence: Floats) -> float:
        """The variance of a figure over clusters, over its variance were all cases independent; 1 where they are or none varies."""
        if not self.has_pairs or not influence.any():
            return 1.0
        found = float((np.bincount(self.codes, influence) ** 2).sum()) / float((influence**2).sum())
        freedom = float((self.weights**2).sum()) ** 2 / self._pairs - 1
        return found * self.count / max(1, self.count - 1) * student_ratio(freedom) ** 2

    @cached_property
    def _squares(self) -> float:
        return float((self.weights**4).sum())

    @cached_property
    def _pairs(self) -> float:
        return float((np.bincount(self.codes, self.weights**2) ** 2).sum()) - self._squares


def assumed_effect(cases: float) -> float:
    """The design effect with no event in clusters of so many cases."""
    from scipy.special import psi

    if cases <= 1:
        return 1.0
    s = 1 / ASSUMED_CORRELATION - 1
    g = s / cases * float(psi(s + cases) - psi(s))
    return max(1.0, float(-np.log(_CHANCE_OF_NONE)) / (Z**2 * g))


@lru_cache(maxsize=4096)
def student_ratio(freedom: float) -> float:
    """Student's two-sided quantile at 95 % over the normal one."""
    from scipy.special import stdtrit

    return float(stdtrit(max(freedom, _LEAST_FREEDOM), 0.975)) / Z
