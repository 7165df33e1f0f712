"""Permutation tests: against scipy, on paper, and what few clusters can show."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import permutation_test
from statsmodels.stats.contingency_tables import mcnemar as mcnemar_of_statsmodels
from statsmodels.stats.multitest import multipletests

from jury.stats.significance import cluster_permutation, holm, mcnemar, sign_flip

DIFFERENCES = st.lists(st.integers(-5, 5).map(float), min_size=2, max_size=9)


def side(name, *values, size=1):
    return [(f"{name}{place // size}", float(value)) for place, value in enumerate(values)]


@settings(deadline=None, max_examples=30)
@given(DIFFERENCES)
def test_the_paired_test_is_scipys_over_all_signs(differences):
    theirs = permutation_test(
        (np.array(differences),), lambda x, axis: np.abs(x.mean(axis=axis)), permutation_type="samples",
        n_resamples=np.inf, alternative="greater", vectorized=True,
    )  # fmt: skip
    assert sign_flip(differences).p == pytest.approx(theirs.pvalue)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 4), min_size=3, max_size=5), st.lists(st.integers(0, 4), min_size=3, max_size=5))
def test_the_unpaired_test_of_as_many_single_cases_is_scipys_over_all_arrangements(first, second):
    count = min(len(first), len(second))
    theirs = permutation_test(
        (np.array(first[:count]), np.array(second[:count])), lambda x, y, axis: np.abs(x.mean(axis=axis) - y.mean(axis=axis)),
        n_resamples=np.inf, alternative="greater", vectorized=True,
    )  # fmt: skip
    found = cluster_permutation(side("a", *first[:count]), side("b", *second[:count]))
    assert found.p == pytest.approx(theirs.pvalue)


def test_differences_of_one_size_give_mcnemars_p_however_many_there_are():
    assert sign_flip([1.0] * 40 + [-1.0] * 20 + [0.0] * 100).p == mcnemar(40, 20)
    theirs = mcnemar_of_statsmodels([[10, 40], [20, 30]], exact=True)
    assert mcnemar(40, 20) == pytest.approx(theirs.pvalue)


def test_beyond_twenty_clusters_signs_are_drawn_and_the_p_value_is_never_zero():
    found = sign_flip([float(place) for place in range(1, 41)], arrangements=999)
    assert found.p == found.least == pytest.approx(1 / 1000)
    exact = sign_flip([1.0, 2.0, -3.0, 4.0, 5.0] * 4)
    drawn = sign_flip([1.0, 2.0, -3.0, 4.0, 5.0] * 4 + [1e-3])
    assert drawn.p == pytest.approx(exact.p, abs=0.01)


@pytest.mark.parametrize(
    ("differences", "least", "limit"),
    [
        ([1.0, 2.0, 1.0, 3.0], 0.125, "with four pairs the smallest possible p is .125"),
        ([1.0] * 3 + [0.0] * 97, 0.25, "with three pairs that differ the smallest possible p is .25"),
        ([0.0] * 12, 1.0, "none of 12 pairs differs"),
        ([1.0, 2.0, 1.0, 3.0, 1.0, 1.0], 0.03125, ""),
    ],
)
def test_few_pairs_say_what_they_can_show_at_most(differences, least, limit):
    found = sign_flip(differences)
    assert found.least == pytest.approx(least)
    assert found.limit("pairs") == limit
    assert found.can_tell == (not limit)


def test_two_clusters_against_two_can_show_nothing_however_far_apart():
    found = cluster_permutation(side("a", *[0] * 10, size=5), side("b", *[100] * 10, size=5))
    assert found.p == found.least == pytest.approx(1 / 3)
    assert found.limit("clusters") == "with four clusters the smallest possible p is .333"


def test_a_cluster_on_both_sides_swaps_its_cases():
    both = cluster_permutation(side("a", *[0] * 6), side("a", *[1] * 6))
    assert both.p == pytest.approx(2 / 2**6)
    assert both.differing == 6


def test_values_that_all_tie_show_no_difference():
    assert cluster_permutation(side("a", *[1] * 6), side("b", *[1] * 9)).p == 1
    assert sign_flip([]).p is None
    assert cluster_permutation([], side("b", 1)).p is None


def test_many_clusters_that_differ_are_found_out():
    found = cluster_permutation(side("a", *[0, 0, 0, 1] * 25, size=2), side("b", *[1, 1, 0, 1] * 25, size=2))
    assert found.p < 0.001


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holms_correction_is_that_of_statsmodels(p_values):
    assert holm(p_values) == pytest.approx(list(multipletests(p_values, method="holm")[1]))


def test_an_unknown_p_value_counts_not():
    assert holm([0.02, None, 0.04]) == [0.04, None, 0.04]
