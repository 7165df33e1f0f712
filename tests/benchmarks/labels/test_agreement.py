"""Agreement between people, and between each of them and the jury."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.labels import Label, agreement_of
from benchmarks.labels.agreement import JURY
from jury.reliability.kappa import cohen_kappa


def label(case: str, annotator: str, choice: str, *, blind: bool = False) -> Label:
    return Label(case_id=case, annotator=annotator, choice=choice, blind=blind, at="2026-01-01T00:00:00+00:00")


def test_two_people_are_compared_on_the_cases_both_labelled():
    labels = [
        label("a", "Ada", "safe"),
        label("a", "Bo", "safe"),
        label("b", "Ada", "safe"),
        label("b", "Bo", "unsafe"),
    ]
    (pair,) = agreement_of([*labels, label("c", "Ada", "safe")], {}).people
    assert (pair.first, pair.second, pair.n, pair.agreed) == ("Ada", "Bo", 2, 0.5)


def test_an_undecided_jury_agrees_with_nobody():
    labels = [label("a", "Ada", "safe"), label("b", "Ada", "unsafe")]
    (pair,) = agreement_of(labels, {"a": "safe", "b": None}).jury
    assert (pair.second, pair.n, pair.agreed) == (JURY, 2, 0.5)


def test_a_case_the_jury_has_not_heard_is_left_out():
    assert agreement_of([label("a", "Ada", "safe")], {}).jury == ()


def test_blind_labels_of_both_are_counted():
    labels = [label("a", "Ada", "safe", blind=True), label("a", "Bo", "safe"), label("b", "Ada", "safe", blind=True)]
    found = agreement_of([*labels, label("b", "Bo", "safe", blind=True)], {"a": "safe", "b": "safe"})
    assert [pair.blind for pair in found.people] == [1]
    assert [pair.blind for pair in found.jury] == [2, 1]


def test_one_person_has_no_alpha():
    assert agreement_of([label("a", "Ada", "safe")], {}).alpha is None


@given(votes=st.lists(st.tuples(*2 * [st.sampled_from(["safe", "unsafe"])]), min_size=2, max_size=12))
def test_the_share_lies_in_its_interval_and_kappa_is_cohens(votes):
    labels = [
        label(f"c{n}", name, vote) for n, pair in enumerate(votes) for name, vote in zip(("A", "B"), pair, strict=True)
    ]
    (pair,) = agreement_of(labels, {}).people
    assert pair.interval is not None
    assert pair.interval[0] - 1e-9 <= pair.agreed <= pair.interval[1] + 1e-9
    ours, theirs = zip(*sorted_by_case(votes), strict=True)
    assert pair.kappa == pytest.approx(cohen_kappa(ours, theirs))


def sorted_by_case(votes):
    return [pair for _, pair in sorted((f"c{n}", pair) for n, pair in enumerate(votes))]
