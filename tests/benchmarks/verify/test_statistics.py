"""Two programs for every statistic: matrices in the run, plain counting and eigenvalues in the check."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.verify.agreement import ac1, alpha, effective_votes, prevalence
from benchmarks.verify.intervals import mean_interval
from benchmarks.verify.rates import against_gold
from jury.reliability import agreement
from jury.stats.classification import estimate_figures
from jury.stats.votes import estimate_effective_votes

LABELS = ["safe", "unsafe", "unclear"]
ITEMS = st.lists(
    st.tuples(st.sampled_from(LABELS), st.sampled_from([*LABELS, None]), st.sampled_from("pqrs")),
    min_size=1,
    max_size=25,
)
BALLOTS = st.lists(st.lists(st.sampled_from(["safe", "unsafe", None]), min_size=4, max_size=4), min_size=1, max_size=20)


@settings(max_examples=25)
@given(ITEMS)
def test_rates_and_their_intervals_agree_with_the_run(items: list[tuple[str, str | None, str]]) -> None:
    truth, said, groups = ([item[place] for item in items] for place in range(3))
    rates = estimate_figures(truth, said, "unsafe", groups)

    derived = against_gold(list(zip(truth, said, strict=True)), groups, ["unsafe"])

    assert derived["n"] == len(items)
    for name, rate in rates.items():
        assert derived[name] == close(rate.value)
        assert derived[f"{name}_ci"] == (None if rate.interval is None else list(rate.interval))


@given(BALLOTS)
def test_agreement_agrees_with_the_run(units: list[list[str | None]]) -> None:
    votes = [{str(place): choice for place, choice in enumerate(unit) if choice} for unit in units]

    assert alpha(votes) == close(agreement.krippendorff_alpha(units))
    assert ac1(votes, ["safe", "unsafe"]) == close(agreement.gwet_ac1(units, ["safe", "unsafe"]))
    assert prevalence(votes, "unsafe") == close(agreement.prevalence(units, "unsafe"))


@given(st.lists(st.lists(st.sampled_from([True, False, None]), min_size=8, max_size=8), min_size=1, max_size=5))
def test_effective_votes_agree_with_the_run(errors: list[list[bool | None]]) -> None:
    wrong = [{str(case): error for case, error in enumerate(row) if error is not None} for row in errors]
    found = estimate_effective_votes(errors, [str(case) for case in range(8)])

    assert effective_votes(wrong) == close(found.value)


def close(value: float | None) -> Any:
    return value if value is None else pytest.approx(value, abs=1e-9)


def test_jurors_that_err_together_are_one_vote_and_independent_ones_count_in_full() -> None:
    together = [{"a": True, "b": False, "c": False} for _ in "xyz"]
    # Over the four cases every pair errs together as often as chance has it
    apart = [{"a": True, "b": True, "c": False, "d": False}, {"a": True, "b": False, "c": True, "d": False}]

    assert effective_votes(together) == pytest.approx(1)
    assert effective_votes(apart) == pytest.approx(2)


def test_an_interval_needs_two_clusters_and_is_never_empty() -> None:
    assert mean_interval([[("g", 1.0), ("g", 0.0)]]) is None
    low, high = mean_interval([[("g", 0.0), ("h", 0.0)]]) or [0.0, 0.0]
    assert low == 0.0 < high < 1.0


def test_an_interval_does_not_hang_on_the_order_of_the_cases() -> None:
    cases = [(f"g{number % 7}", number % 3 / 2) for number in range(30)]
    shuffled = random.Random(1).sample(cases, len(cases))

    assert mean_interval([cases]) == mean_interval([shuffled])
