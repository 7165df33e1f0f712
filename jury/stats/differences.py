"""The difference of two figures from their own intervals.

MOVER, the method of variance estimates recovery (Zou & Donner 2008, Statistics in Medicine 27, 1693-1702), of which Newcombe's
intervals for differences of proportions are the first case: unpaired (1998, Statistics in Medicine 17, 873-890, method 10) and
paired (1998, Statistics in Medicine 17, 2635-2650, method 10). With figures a and b, their intervals (l, u) and their correlation r,

    b − a − √((b − l_b)² − 2 r (b − l_b)(u_a − a) + (u_a − a)²)   and
    b − a + √((u_b − b)² − 2 r (u_b − b)(a − l_a) + (a − l_a)²).

r is the correlation of the two figures' influences over clusters; clusters of one figure alone make it smaller, and it is 0 for
figures over different clusters. From few cases it looks too close to 1 or −1: it is moved towards 0 by 2 / n for figures worth n cases,
which is Newcombe's continuity correction at a share of one half.
"""

from collections.abc import Mapping
from math import fsum, sqrt

from jury.stats.estimates import UNDEFINED, Estimate, rounded


def estimate_difference(first: Estimate, second: Estimate) -> Estimate:
    """Second minus first; undefined where either is, without an interval where either has none."""
    if first.value is None or second.value is None:
        return UNDEFINED
    difference = second.value - first.value
    names = {**first.influence, **second.influence}
    influence = {name: second.influence.get(name, 0.0) - first.influence.get(name, 0.0) for name in names}
    found = Estimate(difference, None, min(first.n, second.n), len(names), min(first.size, second.size), influence)
    if first.interval is None or second.interval is None:
        return found
    (low, high), (least, most) = first.interval, second.interval
    r = _towards_zero(correlation(first.influence, second.influence), 2 / found.size)
    below = _length(second.value - least, high - first.value, r)
    above = _length(most - second.value, first.value - low, r)
    interval = rounded(difference - below, difference + above)
    return Estimate(difference, interval, found.n, found.clusters, found.size, influence)


def correlation(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """The correlation of two figures' errors over clusters, 0 where either has none."""
    spread = fsum(value**2 for value in first.values()) * fsum(value**2 for value in second.values())
    if spread <= 0:
        return 0.0
    shared = fsum(value * second[name] for name, value in first.items() if name in second)
    return min(1.0, max(-1.0, shared / sqrt(spread)))


def _towards_zero(r: float, by: float) -> float:
    return max(0.0, r - by) if r > 0 else min(0.0, r + by)


def _length(one: float, other: float, r: float) -> float:
    return sqrt(max(0.0, one**2 - 2 * r * one * other + other**2))
