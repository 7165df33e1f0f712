"""The interval of a proportion: against statsmodels and published values, and its coverage for every rate."""

import numpy as np
import pytest
from scipy.stats import binom
from statsmodels.stats.proportion import proportion_confint

from jury.stats.proportions import clopper_pearson, proportion_interval, wilson

RATES = np.concatenate([np.linspace(0.0005, 0.05, 100), np.linspace(0.05, 0.5, 100)])


@pytest.mark.parametrize(("events", "cases"), [(0, 20), (1, 20), (3, 50), (81, 263), (15, 148), (200, 200)])
def test_wilson_and_clopper_pearson_are_those_of_statsmodels(events, cases):
    assert wilson(events / cases, cases) == pytest.approx(proportion_confint(events, cases, method="wilson"), abs=1e-9)
    exact = proportion_confint(events, cases, method="beta")
    assert clopper_pearson(events / cases, cases) == pytest.approx(exact, abs=1e-9)


def test_no_event_among_twenty_cases_ends_near_sixteen_percent():
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3: 0/20 ends at .1611.
    assert proportion_interval(0, 20) == (0.0, pytest.approx(0.1611, abs=5e-5))
    assert proportion_interval(1, 20) == (pytest.approx(0.8389, abs=5e-5), 1.0)


@pytest.mark.parametrize("cases", [1, 2, 3, 5, 8, 20, 50, 200])
def test_coverage_is_at_least_94_percent_for_every_rate_and_width_at_most_clopper_and_pearsons(cases):
    events = np.arange(cases + 1)
    low, high = np.array([proportion_interval(k / cases, cases) for k in events]).T
    least, most = np.array([clopper_pearson(k / cases, cases) for k in events]).T
    chances = binom.pmf(events[:, None], cases, RATES)
    covered = (chances * ((low[:, None] <= RATES) & (high[:, None] >= RATES))).sum(axis=0)
    widths = (chances * (high - low)[:, None]).sum(axis=0) / (chances * (most - least)[:, None]).sum(axis=0)
    assert covered.min() >= 0.94
    assert widths.max() <= 1.05


def test_wilsons_own_interval_covers_less_at_low_rates():
    low = wilson(1 / 50, 50)[0]
    assert low > 0.003
    assert proportion_interval(1 / 50, 50)[0] < 0.001
