"""How many independent votes a panel amounts to."""

import pytest

from jury.stats.estimates import UNDEFINED
from jury.stats.votes import estimate_effective_votes

RIGHT, WRONG = False, True


def alone(count):
    return [f"case {place}" for place in range(count)]


def test_jurors_who_err_alike_are_one():
    errors = [WRONG] * 5 + [RIGHT] * 15
    found = estimate_effective_votes([errors] * 4, alone(20))
    assert found.value == pytest.approx(1)
    low, high = found.interval
    assert low == pytest.approx(1)
    assert 1 < high < 4


def test_jurors_who_err_independently_are_as_many_as_they_are():
    # All sixteen ways in which four jurors can be right or wrong, three times over: every phi is 0.
    patterns = [[bool(number >> place & 1) for number in range(16)] * 3 for place in range(4)]
    found = estimate_effective_votes(patterns, alone(48))
    assert found.value == pytest.approx(4)
    assert found.interval[1] == pytest.approx(4)
    assert found.interval[0] > 2


def test_it_is_kishs_number_of_the_mean_correlation():
    # Of 12 cases each is wrong on 4, both on 2: phi = (12 · 2 − 4 · 4) / (4 · 8).
    one = [WRONG] * 4 + [RIGHT] * 8
    other = [WRONG] * 2 + [RIGHT] * 2 + [WRONG] * 2 + [RIGHT] * 6
    phi = (12 * 2 - 16) / (4 * 8)
    assert estimate_effective_votes([one, other], alone(12)).value == pytest.approx(2 / (1 + phi))


def test_errors_that_avoid_each_other_count_as_uncorrelated():
    one = [WRONG] * 10 + [RIGHT] * 10
    assert estimate_effective_votes([one, [not vote for vote in one]], alone(20)).value == pytest.approx(2)


def test_a_juror_who_is_always_right_counts_with_the_mean_correlation_of_the_others():
    errors = [WRONG] * 5 + [RIGHT] * 15
    found = estimate_effective_votes([errors, errors, [RIGHT] * 20], alone(20))
    assert found.value == pytest.approx(1)
    assert found.interval is None  # one of three pairs has a correlation


def test_missing_votes_leave_a_case_out_of_the_pairs_they_are_missing_in():
    one = [WRONG, WRONG, RIGHT, RIGHT, None, WRONG]
    other = [WRONG, RIGHT, RIGHT, RIGHT, WRONG, None]
    whole = estimate_effective_votes([one[:4], other[:4]], alone(4))
    assert estimate_effective_votes([one, other], alone(6)).value == pytest.approx(whole.value)


@pytest.mark.parametrize(
    "votes", [[], [[WRONG, RIGHT]], [[RIGHT, RIGHT], [RIGHT, RIGHT]], [[None, WRONG], [WRONG, None]]]
)
def test_without_a_pair_that_varies_there_is_no_figure(votes):
    assert estimate_effective_votes(votes, alone(2)) == UNDEFINED
