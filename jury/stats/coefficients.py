"""Chance-corrected coefficients with intervals: Krippendorff's alpha, the kappas of Cohen and Fleiss, Gwet's AC1.

Alpha and the kappas are 1 − O / E, observed over expected disagreement. Where one value is rare, all that is known of them is in
the few cases with a ballot for it, as it is for F1: with hits h and misses m, kappa approaches F1 = 2h / (2h + m), and h is
binomial among h + m cases. So their interval is found on the scale

    J = (M − O) / (M + O),   coefficient = 1 − (M / E) (1 − J) / (1 + J),

where M is the largest disagreement that the ballots allow: all ballots for other values than the usual one disagreeing, or
everybody where no value has more than half of the ballots. A case weighs as much as its part of (M + O) / 2, so that cases on
which nobody departs from the usual value weigh nothing. M / E is taken as it is; the variance is that of the coefficient itself,
from its first-order influence (Hampel 1974, JASA 69, 383-393), so that the margins' errors are in it. AC1 has a chance agreement
that rare values leave small, so that its scale is O itself. The interval on either scale is that of `jury.stats.scores`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from jury.reliability.agreement import gwet_ac1, krippendorff_alpha
from jury.reliability.kappa import fleiss_kappa
from jury.reliability.tallies import Unit, Value, cast_values, mean_shares, tallies_of
from jury.stats.estimates import UNDEFINED, Estimate, Floats
from jury.stats.scores import estimate_share


@dataclass(frozen=True)
class _Disagreement:
    """Every case's observed disagreement and the largest one its ballots allow, both 0 to 1, and its weight; the expected
    disagreement over all cases, and every case's influence on observed and expected.
    """

    observed: Floats
    largest: Floats
    weights: Floats
    expected: float
    on_observed: Floats
    on_expected: Floats


def estimate_alpha(units: Sequence[Unit], clusters: Sequence[str]) -> Estimate:
    """Krippendorff's nominal alpha with its interval; `clusters` names the cluster of every unit.

    Unanimous ballots without any variation are 1.0 by convention and have no interval.
    """
    tallies, names, _ = _tallied(units, clusters)
    value = krippendorff_alpha(units)
    return replace(_from_disagreement(_alpha(tallies), names), value=value) if names else UNDEFINED


def estimate_fleiss_kappa(units: Sequence[Unit], clusters: Sequence[str]) -> Estimate:
    """Fleiss' kappa with its interval; unanimous ballots as in `estimate_alpha`."""
    tallies, names, shares = _tallied(units, clusters)
    value = fleiss_kappa(units)
    return replace(_from_disagreement(_fleiss(tallies, shares), names), value=value) if names else UNDEFINED


def estimate_ac1(units: Sequence[Unit], clusters: Sequence[str], categories: Sequence[Value] = ()) -> Estimate:
    """Gwet's AC1 with its interval. `categories` are all choices there were; those nobody chose count too."""
    tallies, names, shares = _tallied(units, clusters, categories)
    if not names:
        return UNDEFINED
    others = max(1, len(shares) - 1)
    expected = 1 - float((shares * (1 - shares)).sum()) / others
    observed = _observed(tallies)
    mean = float(observed.mean())
    apart = tallies / tallies.sum(axis=1, keepdims=True) - shares
    on_expected = -(apart @ (1 - 2 * shares)) / others
    influence = (observed - mean - mean / expected * on_expected) / len(names)
    found = estimate_share(min(1.0, mean), influence, np.ones(len(names)), names)
    scaled = found.on_scale(lambda disagreed: 1 - disagreed / expected, -1 / expected)
    return replace(scaled, value=gwet_ac1(units, categories))


def estimate_cohen_kappa(first: Sequence[Value], second: Sequence[Value], clusters: Sequence[str]) -> Estimate:
    """Cohen's kappa of two who judged the same cases; undefined where both always say one and the same thing."""
    values = sorted({*first, *second}, key=lambda value: (isinstance(value, str), value))
    if not values:
        return UNDEFINED
    place = {value: index for index, value in enumerate(values)}
    said = np.array([[place[one], place[other]] for one, other in zip(first, second, strict=True)], dtype=np.intp)
    habits = np.stack([np.bincount(said[:, side], minlength=len(values)) for side in (0, 1)]) / len(said)
    chance = float((habits[0] * habits[1]).sum())
    observed = (said[:, 0] != said[:, 1]).astype(np.float64)
    usual, shares = int(habits.sum(axis=0).argmax()), habits.sum(axis=0) / 2
    largest = (said != usual).sum(axis=1) if shares[usual] >= 0.5 else np.ones(len(said))
    return _from_disagreement(
        _Disagreement(
            observed=observed,
            largest=largest.astype(np.float64),
            weights=np.ones(len(said)),
            expected=1 - chance,
            on_observed=(observed - observed.mean()) / len(said),
            on_expected=(2 * chance - habits[0][said[:, 1]] - habits[1][said[:, 0]]) / len(said),
        ),
        clusters,
    )


def _tallied(
    units: Sequence[Unit], clusters: Sequence[str], categories: Sequence[Value] = ()
) -> tuple[Floats, list[str], Floats]:
    """The tallies of the units with two ballots or more, their clusters, and the mean share of each value over the units
    with a ballot.
    """
    values = sorted(cast_values(units) | set(categories), key=lambda value: (isinstance(value, str), value))
    every = tallies_of(units, values)
    told = every.sum(axis=1) >= 2
    names = [name for name, is_told in zip(clusters, told, strict=True) if is_told]
    return every[told].astype(np.float64), names, mean_shares(every) if names else np.zeros(len(values))


def _observed(tallies: Floats) -> Floats:
    """The share of every unit's pairs of ballots that differ."""
    ballots = tallies.sum(axis=1)
    differing: Floats = 1 - (tallies * (tallies - 1)).sum(axis=1) / (ballots * (ballots - 1))
    return differing


def _alpha(tallies: Floats) -> _Disagreement:
    """Units weigh as much as they have ballots; chance is of ballots drawn without putting them back."""
    ballots = tallies.sum(axis=1)
    totals = tallies.sum(axis=0)
    number = float(totals.sum())
    expected = 1 - float((totals * (totals - 1)).sum()) / (number * (number - 1))
    return _weighed(tallies, ballots, expected)


def _fleiss(tallies: Floats, shares: Floats) -> _Disagreement:
    """Units weigh alike; chance is that of the mean shares."""
    return _weighed(tallies, np.ones(len(tallies)), 1 - float((shares**2).sum()))


def _weighed(tallies: Floats, weights: Floats, expected: float) -> _Disagreement:
    within = tallies / tallies.sum(axis=1, keepdims=True)
    parts = (weights / weights.sum())[:, None]
    shares = (parts * within).sum(axis=0)
    observed = _observed(tallies)
    usual = int(shares.argmax())
    return _Disagreement(
        observed=observed,
        largest=2 * (1 - within[:, usual]) if shares[usual] >= 0.5 else np.ones(len(tallies)),
        weights=weights,
        expected=expected,
        on_observed=parts[:, 0] * (observed - float((parts[:, 0] * observed).sum())),
        on_expected=-2 * parts[:, 0] * ((within - shares) @ shares),
    )


def _from_disagreement(given: _Disagreement, clusters: Sequence[str]) -> Estimate:
    """1 − O / E with its interval, found on the scale of J; undefined where no disagreement is expected, 1 without an interval
    where no ballot of these cases departs from the usual value.
    """
    if given.expected <= 0:
        return UNDEFINED
    whole = float(given.weights.sum())
    ratio = float((given.weights * given.observed).sum()) / whole / given.expected
    most = float((given.weights * given.largest).sum()) / whole / given.expected
    if most + ratio <= 0:
        return Estimate(1.0)
    on_ratio = (given.on_observed - ratio * given.on_expected) / given.expected
    slope = -2 * most / (most + ratio) ** 2
    share = min(1.0, max(0.0, (most - ratio) / (most + ratio)))
    sizes = given.weights * (given.largest + given.observed) / 2
    found = estimate_share(share, slope * on_ratio, sizes, clusters)
    return found.on_scale(lambda j: 1 - most * (1 - j) / (1 + j), -1 / slope)
