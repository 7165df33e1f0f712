"""The difference of two means over different cases, by the bootstrap of clusters (`jury.reliability.bootstrap`).

Clusters of both are drawn together, since one may hold cases of both; a resample that drew no case of one has no
difference and is left out.
"""

from collections.abc import Sequence

import numpy as np

from jury.reliability.bootstrap import Floats, Interval, cluster_sums, percentile_interval, resampled_sums

#: A case's cluster and its value.
Values = Sequence[tuple[str, float]]


def unpaired(first: Values, second: Values, *, resamples: int, seed: int = 0) -> tuple[Interval | None, float | None]:
    """The 95 % interval of the second mean minus the first, and its two-sided p-value.

    The p-value is twice the share of resamples on the rarer side of zero, those at zero on both, one added to each count
    (Davison & Hinkley 1997, section 4.2). Both are None where either mean is over fewer than two clusters.
    """
    if min(len({cluster for cluster, _ in values}) for values in (first, second)) < 2:
        return None, None
    rows = np.array([(value, 1, 0, 0) for _, value in first] + [(0, 0, value, 1) for _, value in second], dtype=float)
    clusters = cluster_sums([cluster for cluster, _ in (*first, *second)], rows)
    drawn = _differences(resampled_sums(clusters, resamples=resamples, seed=seed))
    rarer = min(int(np.sum(drawn <= 0)), int(np.sum(drawn >= 0)))
    return percentile_interval(drawn), min(1.0, 2 * (rarer + 1) / (len(drawn) + 1))


def _differences(sums: Floats) -> Floats:
    both = sums[(sums[:, 1] > 0) & (sums[:, 3] > 0)]
    differences: Floats = both[:, 2] / both[:, 3] - both[:, 0] / both[:, 1]
    return differences
