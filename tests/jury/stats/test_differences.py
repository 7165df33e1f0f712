"""Differences of figures, from their own intervals."""

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from jury.stats import differences
from jury.stats.differences import correlation, estimate_difference
from jury.stats.estimates import UNDEFINED, Estimate
from jury.stats.means import estimate_mean
from jury.stats.proportions import wilson


def of(*values, prefix="case"):
    return estimate_mean(list(map(float, values)), [f"{prefix} {place}" for place in range(len(values))])


def test_an_unpaired_difference_of_wilsons_intervals_is_newcombes():
    first, second = ((14, 70), (31, 80))
    estimates = [Estimate(k / n, wilson(k / n, n), n, n, n, {f"{n} {k}": 1.0}) for k, n in (first, second)]
    theirs = confint_proportions_2indep(*second, *first, method="newcomb", compare="diff")
    assert estimate_difference(*estimates).interval == pytest.approx(theirs, abs=1e-9)


def test_a_paired_difference_is_newcombes():
    # Newcombe 1998, Statistics in Medicine 17, 2635-2650, table III (method 10): 36, 12, 2 and 0 of 50 pairs.
    cells = [(1, 1)] * 36 + [(1, 0)] * 12 + [(0, 1)] * 2
    first, second = of(*(b for _, b in cells)), of(*(a for a, _ in cells))
    low, high = estimate_difference(first, second).interval
    assert (low, high) == (pytest.approx(0.0569, abs=0.02), pytest.approx(0.3404, abs=0.02))


def test_four_pairs_without_a_difference_say_that_little_is_known():
    found = estimate_difference(of(0, 0, 1, 0), of(0, 0, 1, 0))
    low, high = found.interval
    assert found.value == 0
    assert low < -0.2
    assert high > 0.2


def test_figures_over_the_same_cases_differ_more_surely_than_over_others():
    one, other = [0, 1] * 30, [0, 1] * 25 + [1, 1] * 5
    paired = estimate_difference(of(*one), of(*other)).interval
    apart = estimate_difference(of(*one), of(*other, prefix="other")).interval
    assert paired[1] - paired[0] < 0.6 * (apart[1] - apart[0])


def test_the_correlation_is_that_of_the_cases_for_rates_over_the_same_ones():
    assert correlation(of(0, 1, 1, 0).influence, of(0, 1, 0, 1).influence) == pytest.approx(0)
    assert correlation(of(0, 1, 1, 0).influence, of(0, 1, 1, 0).influence) == pytest.approx(1)
    assert correlation(of(0, 0).influence, of(0, 1).influence) == 0


def test_an_undefined_figure_has_no_difference_and_one_without_an_interval_no_interval():
    assert estimate_difference(UNDEFINED, of(0, 1)) == UNDEFINED
    alone = estimate_difference(of(1), of(0))
    assert (alone.value, alone.interval) == (-1, None)
    assert differences.correlation({}, {}) == 0
