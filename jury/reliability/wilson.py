"""An interval for a share of independent trials that holds near none and all, too."""

from statistics import NormalDist

from jury.reliability.bootstrap import LEVEL, Interval


def wilson(hits: int, of: int) -> Interval | None:
    """Wilson's score interval at 95 % for a share, None for nothing (Wilson 1927, JASA 22, 209-212)."""
    if not of:
        return None
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    share, weight = hits / of, z * z / of
    middle = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * ((share * (1 - share) / of + weight / (4 * of)) ** 0.5)
    return max(0.0, middle - half), min(1.0, middle + half)
