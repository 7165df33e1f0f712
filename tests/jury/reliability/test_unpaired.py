"""The difference of two means over different cases: its interval and p-value."""

import pytest

from jury.reliability.unpaired import Values, unpaired


def values(name: str, *given: float, size: int = 1) -> Values:
    """So many cases to a cluster."""
    return [(f"{name}{place // size}", value) for place, value in enumerate(given)]


def test_a_difference_that_all_cases_share_is_sure():
    interval, p = unpaired(values("a", *[0] * 20), values("b", *[100] * 20), resamples=2000)
    assert interval == (100.0, 100.0)
    assert p == pytest.approx(2 / 2001)


def test_equal_means_are_no_difference():
    interval, p = unpaired(values("a", *[0, 100] * 20), values("b", *[0, 100] * 20), resamples=2000)
    assert interval is not None
    assert interval[0] < 0 < interval[1]
    assert p is not None
    assert p > 0.8


def test_cases_that_hang_together_are_drawn_together_and_say_less():
    alone, _ = unpaired(values("a", *[0, 100] * 20), values("b", *[100] * 40), resamples=2000)
    tied, _ = unpaired(
        values("a", *([0] * 10 + [100] * 10) * 2, size=10), values("b", *[100] * 40, size=10), resamples=2000
    )
    assert alone is not None
    assert tied is not None
    assert tied[1] - tied[0] > alone[1] - alone[0]


def test_a_single_cluster_says_nothing_about_the_spread():
    assert unpaired(values("a", 0, 0, size=2), values("b", 100, 100, 100), resamples=100) == (None, None)
