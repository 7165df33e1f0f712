"""Two programs for every statistic: matrices in the run, plain counting and eigenvalues in the check."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.verify.agreement import ac1, alpha, effective_votes, prevalence
from benchmarks.verify.intervals import intervals
from benchmarks.verify.rates import against_gold
from jury.reliability import agreement, classification

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
    rates = classification.figures(truth, said, "unsafe")
    spans = classification.figure_intervals(truth, said, "unsafe", groups)

    derived = against_gold(list(zip(truth, said, strict=True)), groups, ["unsafe"])

    assert derived["n"] == rates.n == len(items)
    for name, span in spans.items():
        assert derived[name] == pytest.approx(getattr(rates, name), abs=1e-9)
        assert derived[f"{name}_ci"] == (None if span is None else pytest.approx(list(span), abs=1.5e-9))


@given(BALLOTS)
def test_agreement_agrees_with_the_run(units: list[list[str | None]]) -> None:
    votes = [{str(place): choice for place, choice in enumerate(unit) if choice} for unit in units]

    assert alpha(votes) == close(agreement.krippendorff_alpha(units))
    assert ac1(votes, ["safe", "unsafe"]) == close(agreement.gwet_ac1(units, ["safe", "unsafe"]))
    assert prevalence(votes, "unsafe") == close(agreement.prevalence(units, "unsafe"))


@given(st.lists(st.lists(st.sampled_from([True, False, None]), min_size=8, max_size=8), min_size=1, max_size=5))
def test_effective_votes_agree_with_the_run(errors: list[list[bool | None]]) -> None:
    wrong = {
        str(juror): {str(case): error for case, error in enumerate(row) if error is not None}
        for juror, row in enumerate(errors)
    }

    assert effective_votes(wrong) == close(agreement.effective_votes(errors))


def close(value: float | None) -> Any:
    return value if value is None else pytest.approx(value, abs=1e-9)


def test_jurors_that_err_together_are_one_vote_and_independent_ones_count_in_full() -> None:
    together = {name: {"a": True, "b": False, "c": False} for name in "xyz"}
    # Over the four cases every pair errs together as often as chance has it
    apart = {"x": {"a": True, "b": True, "c": False, "d": False}, "y": {"a": True, "b": False, "c": True, "d": False}}

    assert effective_votes(together) == pytest.approx(1)
    assert effective_votes(apart) == pytest.approx(2)


def test_an_interval_needs_two_clusters_and_has_no_width_where_nothing_varies() -> None:
    def first(sums: list[float]) -> dict[str, float]:
        return {"share": sums[0] / sums[1]}

    assert intervals(["g", "g"], [[1, 1], [0, 1]], first) is None
    assert intervals(["g", "h"], [[1, 2], [2, 4]], first) == {"share": [0.5, 0.5]}


def test_an_interval_does_not_hang_on_the_order_of_the_cases() -> None:
    cases = [(f"g{number % 7}", [number % 3, 1.0]) for number in range(30)]
    shuffled = random.Random(1).sample(cases, len(cases))

    def mean(sums: list[float]) -> dict[str, float]:
        return {"mean": sums[0] / sums[1]}

    spans = [
        intervals([group for group, _ in listed], [row for _, row in listed], mean) for listed in (cases, shuffled)
    ]
    assert spans[0] == spans[1]
