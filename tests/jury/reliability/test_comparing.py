"""Paired tests and their correction, at values worked out on paper."""

import numpy as np
import pytest

from jury.reliability.comparing import bootstrap_p, holm, mcnemar


def test_mcnemar_is_the_binomial_test_of_the_discordant_pairs() -> None:
    # Of six discordant pairs one falls on one side: 2 · (1 + 6) / 64
    assert mcnemar(1, 5) == mcnemar(5, 1) == pytest.approx(14 / 64)
    assert mcnemar(0, 10) == pytest.approx(2 / 1024)


def test_no_discordant_pair_and_an_even_split_show_nothing() -> None:
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(7, 7) == 1.0


def test_beyond_many_pairs_chi_square_says_what_the_exact_test_would() -> None:
    assert mcnemar(520, 482) == pytest.approx(mcnemar(519, 481), abs=0.01)
    assert 0 < mcnemar(900, 600) < 1e-12


def test_the_bootstrap_finds_a_clear_difference_and_never_says_zero() -> None:
    clear = np.array([[1.0, 1.0]] * 30)
    none = np.array([[1.0, 1.0], [-1.0, 1.0]] * 15)
    assert bootstrap_p(clear, resamples=999) == pytest.approx(2 / 1000)
    p = bootstrap_p(none, resamples=999)
    assert p is not None
    assert p > 0.5
    assert bootstrap_p(clear[:1], resamples=99) is None


def test_holm_multiplies_by_what_is_left_and_never_lets_a_larger_p_come_out_smaller() -> None:
    # Holm 1979: .01 · 4, .02 · 3, .03 · 2 and .04 · 1 raised to what came before
    assert holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([None, 0.02]) == [None, 0.02]
    assert holm([]) == []
