"""Means and ratios of sums, of which every rate is one.

Precision is a ratio of hits to findings, ASR one of unsafe cases to decided ones, a mean rating one of ratings to cases. Each part
lies between 0 and its whole, so that the ratio lies between 0 and 1 and varies at most as much as a proportion of as many
cases. Its interval is that of `jury.stats.scores`.
"""

from collections.abc import Sequence

import numpy as np

from jury.stats.estimates import UNDEFINED, Estimate, Floats
from jury.stats.scores import estimate_share


def estimate_mean(values: Sequence[float], clusters: Sequence[str], *, low: float = 0.0, high: float = 1.0) -> Estimate:
    """The mean of values between `low` and `high`; undefined without values.

    Raises `ValueError` for a value outside the range, or if the sequences differ in length.
    """
    found = estimate_ratio(_scaled(values, low, high), [1.0] * len(values), clusters)
    return found.on_scale(lambda share: low + (high - low) * share, high - low)


def estimate_ratio(parts: Sequence[float], wholes: Sequence[float], clusters: Sequence[str]) -> Estimate:
    """Σ parts / Σ wholes, each part between 0 and its whole; undefined where the wholes add up to nothing.

    Cases whose whole is 0 take no part. Raises `ValueError` if the sequences differ in length.
    """
    counting = [(part, whole, name) for part, whole, name in zip(parts, wholes, clusters, strict=True) if whole > 0]
    if not counting:
        return UNDEFINED
    y, w = (np.array([one[side] for one in counting], dtype=np.float64) for side in (0, 1))
    share = min(1.0, max(0.0, float(y.sum() / w.sum())))
    return estimate_share(share, (y - share * w) / w.sum(), w, [name for _, _, name in counting], most_spread=1.0)


def estimate_mean_of_means(
    strata: Sequence[tuple[Sequence[float], Sequence[str]]],
    weights: Sequence[float] | None = None,
    *,
    low: float = 0.0,
    high: float = 1.0,
) -> Estimate:
    """The weighted mean of the means of several strata, each the values of its cases and their clusters.

    A case weighs its stratum's weight divided by the number of its cases. What varies is each case around the mean of its own
    stratum; the only case of a stratum, around the whole. Undefined without strata, or where one has no case.
    Raises `ValueError` for a value outside the range.
    """
    shares = np.asarray(weights if weights is not None else [1.0] * len(strata), dtype=np.float64)
    if not len(strata) or any(not len(values) for values, _ in strata):
        return UNDEFINED
    shares = shares / shares.sum()
    listed = [np.array(_scaled(values, low, high)) for values, _ in strata]
    whole = float(sum(share * values.mean() for share, values in zip(shares, listed, strict=True)))
    each = [np.full(len(values), share / len(values)) for share, values in zip(shares, listed, strict=True)]
    apart = [_apart(values, whole) for values in listed]
    found = estimate_share(
        min(1.0, max(0.0, whole)),
        np.concatenate(each) * np.concatenate(apart),
        np.concatenate(each),
        [name for _, names in strata for name in names],
        most_spread=1.0,
    )
    return found.on_scale(lambda share: low + (high - low) * share, high - low)


def _apart(values: Floats, whole: float) -> Floats:
    """How far the cases of a stratum are from its mean, as far as it would be with the true one on average."""
    n = len(values)
    apart: Floats = (values - values.mean()) * np.sqrt(n / (n - 1)) if n > 1 else values - whole
    return apart


def _scaled(values: Sequence[float], low: float, high: float) -> list[float]:
    scaled = [(value - low) / (high - low) for value in values]
    if scaled and not (min(scaled) >= -1e-9 and max(scaled) <= 1 + 1e-9):
        raise ValueError(f"a value lies outside the range of {low:g} to {high:g}")
    return [min(1.0, max(0.0, value)) for value in scaled]
