"""Means and ratios of sums: what they are, and how clusters and rare values widen their intervals."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jury.stats.estimates import UNDEFINED
from jury.stats.means import estimate_mean, estimate_mean_of_means, estimate_ratio
from jury.stats.proportions import proportion_interval

VALUES = st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from((0.0, 0.25, 1.0))), min_size=1, max_size=40)


def alone(count):
    return [f"case {place}" for place in range(count)]


def width(estimate):
    low, high = estimate.interval
    return high - low


def test_a_rate_of_independent_cases_has_the_interval_of_a_proportion():
    found = estimate_mean([1.0] * 3 + [0.0] * 47, alone(50))
    assert found.value == pytest.approx(0.06)
    assert found.interval == pytest.approx(proportion_interval(0.06, 50), abs=1e-9)
    assert (found.n, found.clusters, found.size) == (50, 50, pytest.approx(50))


def test_nothing_is_undefined_and_one_cluster_has_no_interval():
    assert estimate_mean([], []) == UNDEFINED
    assert estimate_ratio([0.0, 0.0], [0.0, 0.0], ["a", "b"]) == UNDEFINED
    one = estimate_mean([0.0, 1.0, 1.0], ["a"] * 3)
    assert (one.value, one.interval) == (pytest.approx(2 / 3), None)


def test_cases_without_a_whole_take_no_part():
    assert estimate_ratio([1.0, 0.0, 0.0], [1.0, 1.0, 0.0], ["a", "b", "c"]).n == 2


def test_ratings_that_are_all_the_highest_have_an_open_interval_to_one_side():
    found = estimate_mean([5.0] * 20, alone(20), low=1, high=5)
    assert found.value == 5
    assert found.interval == (pytest.approx(5 - 4 * 0.1611, abs=3e-4), 5.0)


def test_alike_ratings_in_the_middle_have_a_narrower_interval_than_a_proportion_but_not_an_empty_one():
    found = estimate_mean([3.0] * 40, alone(40), low=1, high=5)
    low, high = found.interval
    assert low < 3 < high
    assert high - low < 4 * width(estimate_mean([0.0, 1.0] * 20, alone(40)))


def test_cases_of_one_cluster_that_go_together_widen_the_interval():
    together = estimate_mean(([1.0] * 4 + [0.0] * 4) * 10, [f"cluster {place // 4}" for place in range(80)])
    apart = estimate_mean(([1.0] * 4 + [0.0] * 4) * 10, [f"cluster {place % 20}" for place in range(80)])
    independent = estimate_mean(([1.0] * 4 + [0.0] * 4) * 10, alone(80))
    assert width(together) > 1.8 * width(independent)
    assert width(apart) >= width(independent)
    assert together.clusters == 20


def test_clusters_without_any_event_are_not_taken_as_independent_cases():
    clustered = estimate_mean([0.0] * 200, [f"cluster {place // 20}" for place in range(200)])
    assert clustered.interval[1] > 2 * estimate_mean([0.0] * 200, alone(200)).interval[1]


def test_the_number_of_clusters_is_told():
    assert estimate_mean([0.0, 1.0] * 4, [f"cluster {place // 2}" for place in range(8)]).clusters == 4
    assert estimate_mean([0.0, 1.0] * 10, alone(20)).clusters == 20


def test_a_mean_of_means_weighs_strata_alike_whatever_their_size():
    small, large = ([1.0] * 2, ["a", "b"]), ([0.0] * 50, [f"c{place}" for place in range(50)])
    found = estimate_mean_of_means([small, large])
    assert found.value == pytest.approx(0.5)
    assert width(found) > width(estimate_mean([0.0, 1.0] * 26, alone(52)))
    assert estimate_mean_of_means([small, large], [3.0, 1.0]).value == pytest.approx(0.75)
    assert estimate_mean_of_means([small, ([], [])]) == UNDEFINED
    assert estimate_mean_of_means([]) == UNDEFINED


def test_a_value_beyond_its_range_is_refused():
    with pytest.raises(ValueError, match="outside the range of 1 to 5"):
        estimate_mean([6.0], ["a"], low=1, high=5)


@settings(deadline=None)
@given(VALUES, st.randoms())
def test_the_order_of_cases_changes_nothing(pairs, random):
    shuffled = list(pairs)
    random.shuffle(shuffled)
    one, other = (estimate_mean([value for _, value in some], [name for name, _ in some]) for some in (pairs, shuffled))
    assert one.value == pytest.approx(other.value, abs=1e-12)
    assert one.interval == (None if other.interval is None else pytest.approx(other.interval, abs=2e-9))


@settings(deadline=None)
@given(VALUES)
def test_the_figure_lies_in_its_interval_and_never_at_both_ends(pairs):
    found = estimate_mean([value for _, value in pairs], [name for name, _ in pairs])
    if found.interval is not None:
        low, high = found.interval
        assert 0 <= low <= found.value + 1e-9
        assert found.value - 1e-9 <= high <= 1
        assert high > low
