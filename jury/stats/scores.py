"""The estimate of a figure between 0 and 1 from the influence of each case: a proportion of an effective number of cases.

size = Kish's size / inflation. Kish's size is (Σ w)² / Σ w² for cases of weights w (Kish 1965, "Survey sampling", section 11.7). The
inflation is the variance of the figure over that of a proportion of Kish's size. It has two factors: the spread S of the cases, 1 for
values that are 0 or 1 and less for others; and the design effect D of their clusters (`jury.stats.clusters`), at least 1. Both are
estimated from the cases. As few events tell little of either, their estimates are averaged with what is assumed without any:

- S with 1, which counts as much as `assumed_events` events: a sample without any of some rare low ratings looks narrower than it is;
- for clusters of several cases also S · D with the design effect that is assumed for such clusters, which counts as much as four events.
  The larger inflation of the two holds.

Events are min(share, 1 − share) times Kish's size. Where the share is 0 or 1, what is assumed holds alone. The interval is that of a
proportion of this size (`jury.stats.proportions`), so that it is never empty, and open to one side where the share is 0 or 1.
"""

from collections.abc import Sequence

import numpy as np

from jury.stats.clusters import Clustering, student_ratio
from jury.stats.estimates import Estimate, Floats, cluster_codes, rounded
from jury.stats.proportions import proportion_interval

#: So many events count as much as the design effect that is assumed for clusters.
CLUSTERED_EVENTS = 4.0

_TINY = 1e-15


def estimate_share(
    share: float,
    influence: Floats,
    weights: Floats,
    clusters: Sequence[str],
    *,
    most_spread: float | None = None,
    assumed_events: float = 1.0,
) -> Estimate:
    """The estimate of a share (0 to 1).

    `influence` is each case's contribution to the share's error; `weights` are above 0 for at least one case. No spread above
    `most_spread` is believed. There is no interval where the cases with a weight are in fewer than two clusters.
    """
    codes, names = cluster_codes(clusters)
    kish = float(weights.sum() ** 2 / (weights**2).sum())
    events = min(share, 1 - share) * kish
    clustering = Clustering.of(weights, codes)
    if events < _TINY:
        size = kish / clustering.assumed_effect
    else:
        spread = float((influence**2).sum()) * kish / (share * (1 - share)) * student_ratio(kish - 1) ** 2
        size = kish / _inflation(
            spread, events, assumed_events, most_spread, clustering.found_effect(influence), clustering
        )
    return Estimate(
        value=share,
        interval=rounded(*proportion_interval(share, size)) if clustering.count > 1 else None,
        n=int((weights > 0).sum()),
        clusters=clustering.count,
        size=size,
        influence=dict(zip(names, np.bincount(codes, influence).tolist(), strict=True)),
    )


def _inflation(
    found: float,
    events: float,
    assumed_events: float,
    most_spread: float | None,
    effect: float,
    clustering: Clustering,
) -> float:
    """The variance over that of a proportion, from the found spread and design effect and what is assumed of them."""
    spread = (assumed_events + events * found) / (assumed_events + events)
    if most_spread is not None:
        spread, found = min(spread, most_spread), min(found, most_spread)
    by_spread = spread * max(1.0, effect)
    if not clustering.has_pairs:
        return by_spread
    together = CLUSTERED_EVENTS * clustering.assumed_effect + events * found * effect
    return max(by_spread, together / (CLUSTERED_EVENTS + events))
