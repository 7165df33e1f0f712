"""The simulation that says how often intervals hold: small, with fixed random numbers."""

import pytest

from benchmarks.perf.coverage import cell, coverage_table, error_rates, error_table


@pytest.mark.parametrize("figure", ["ASR", "PAR", "SRI", "ASD", "difference"])
@pytest.mark.parametrize("design", [(20, 20, 0.0), (50, 10, 0.3)])
def test_intervals_hold_at_low_rates_where_the_bootstrap_did_not(figure, design):
    found = cell(figure, design, 0.05, samples=120, before=40, seed=1)
    assert found.too_few == 0
    assert found.coverage is not None
    assert found.coverage >= 0.92
    assert found.before is not None
    assert found.before < found.coverage


@pytest.mark.parametrize("figure", ["F1", "precision", "recall", "kappa"])
def test_figures_against_labels_hold_where_they_are_defined(figure):
    found = cell(figure, (50, 50, 0.0), 0.2, samples=120, seed=1)
    assert found.coverage is not None
    assert found.coverage >= 0.93


def test_a_proportion_of_independent_cases_is_hardly_wider_than_clopper_and_pearsons():
    found = cell("ASR", (50, 50, 0.0), 0.05, samples=120, seed=1)
    assert found.relative is not None
    assert found.relative <= 1.15
    assert "| ASR | 50 | 50 | 0 |" in coverage_table([found])


def test_tests_keep_their_level_with_few_clusters():
    found = list(error_rates((3, 4, 8), samples=150, before=20, seed=1))
    assert all(one.errors <= 0.08 for one in found)
    assert all(one.errors == 0 for one in found if one.clusters <= 4 and one.test == "paired")
    assert max(one.before or 0.0 for one in found) > 0.1
    assert error_table(found).count("\n") == len(found) + 1
