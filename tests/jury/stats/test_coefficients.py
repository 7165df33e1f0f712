"""Coefficients of agreement with intervals: the figures are those without, the intervals hold at the edges."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as fleiss_of_statsmodels

from jury.reliability.agreement import gwet_ac1, krippendorff_alpha
from jury.reliability.kappa import cohen_kappa, fleiss_kappa
from jury.stats.coefficients import estimate_ac1, estimate_alpha, estimate_cohen_kappa, estimate_fleiss_kappa
from jury.stats.estimates import UNDEFINED

BALLOT = st.sampled_from(("safe", "unsafe", "borderline", None))
UNITS = st.lists(st.tuples(BALLOT, BALLOT, BALLOT), min_size=1, max_size=25)


def alone(count):
    return [f"case {place}" for place in range(count)]


@settings(deadline=None)
@given(UNITS)
def test_the_figures_are_those_without_intervals(units):
    clusters = alone(len(units))
    assert estimate_alpha(units, clusters).value == krippendorff_alpha(units)
    assert estimate_fleiss_kappa(units, clusters).value == fleiss_kappa(units)
    assert estimate_ac1(units, clusters, ("safe", "unsafe")).value == gwet_ac1(units, ("safe", "unsafe"))


@settings(deadline=None)
@given(UNITS)
def test_every_figure_lies_in_its_interval(units):
    clusters = [f"cluster {place // 2}" for place in range(len(units))]
    first, second = [unit[0] or "" for unit in units], [unit[1] or "" for unit in units]
    estimates = [
        estimate_alpha(units, clusters),
        estimate_fleiss_kappa(units, clusters),
        estimate_ac1(units, clusters),
        estimate_cohen_kappa(first, second, clusters),
    ]
    for found in estimates:
        if found.interval is not None:
            low, high = found.interval
            assert -3 <= low <= found.value + 1e-9
            assert found.value - 1e-9 <= high <= 1
            assert high > low


def test_cohens_kappa_and_its_large_sample_interval_are_those_of_statsmodels():
    # 400 cases: 150 both unsafe, 30 and 20 one of them, 200 both safe.
    first = ["unsafe"] * 180 + ["safe"] * 220
    second = ["unsafe"] * 150 + ["safe"] * 30 + ["unsafe"] * 20 + ["safe"] * 200
    found = estimate_cohen_kappa(first, second, alone(400))
    theirs = cohens_kappa([[150, 30], [20, 200]])
    assert found.value == pytest.approx(theirs.kappa)
    assert found.value == pytest.approx(cohen_kappa(first, second))
    assert found.interval == pytest.approx((theirs.kappa_low, theirs.kappa_upp), abs=0.015)


def test_fleiss_kappa_is_that_of_statsmodels():
    table = [[3, 0], [2, 1], [0, 3], [1, 2], [3, 0], [0, 3]]
    units = [["safe"] * safe + ["unsafe"] * unsafe for safe, unsafe in table]
    assert estimate_fleiss_kappa(units, alone(6)).value == pytest.approx(fleiss_of_statsmodels(table))


def test_a_kappa_of_two_who_always_say_the_same_one_thing_is_undefined():
    assert estimate_cohen_kappa(["safe"] * 9, ["safe"] * 9, alone(9)) == UNDEFINED
    assert estimate_cohen_kappa([], [], []) == UNDEFINED


def test_unanimous_ballots_have_no_interval_of_alpha():
    assert estimate_alpha([("safe",) * 3] * 9, alone(9)).interval is None
    assert estimate_alpha([("safe", None)] * 9, alone(9)) == UNDEFINED


def test_perfect_agreement_with_variation_has_an_interval_that_ends_at_one():
    units = [("safe",) * 3] * 12 + [("unsafe",) * 3] * 8
    for found in (
        estimate_alpha(units, alone(20)),
        estimate_fleiss_kappa(units, alone(20)),
        estimate_ac1(units, alone(20)),
    ):
        low, high = found.interval
        assert high == 1
        assert 0.3 < low < 0.95


def test_few_cases_of_the_rarer_kind_say_little_however_many_others_there_are():
    units = [("safe",) * 3] * 500 + [("unsafe", "unsafe", "safe")] * 2 + [("unsafe",) * 3]
    low, high = estimate_alpha(units, alone(503)).interval
    assert high - low > 0.6


def test_cases_of_one_cluster_that_go_together_widen_the_interval():
    units = ([("unsafe",) * 3] * 5 + [("safe",) * 3] * 5 + [("safe", "safe", "unsafe")] * 5) * 8
    tied = [f"cluster {place // 5}" for place in range(len(units))]
    (low, high), (least, most) = estimate_alpha(units, alone(len(units))).interval, estimate_alpha(units, tied).interval
    assert most - least > 1.5 * (high - low)
