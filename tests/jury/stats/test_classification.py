"""Figures against gold labels with intervals: against scikit-learn, and undefined where nothing defines them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score, precision_score, recall_score

from jury.stats.classification import FIGURES, estimate_figures
from jury.stats.proportions import proportion_interval

LABELS = ("unsafe", "safe", "borderline")
PAIRS = st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from((*LABELS, None))), min_size=1, max_size=60)


def figures(pairs, clusters=None):
    truth, said = [true for true, _ in pairs], [label for _, label in pairs]
    return estimate_figures(truth, said, "unsafe", clusters or [f"case {place}" for place in range(len(pairs))])


@settings(deadline=None)
@given(PAIRS)
def test_figures_equal_scikit_learn_with_undecided_as_a_label_of_its_own(pairs):
    truth, said = [true for true, _ in pairs], [label or "undecided" for _, label in pairs]
    positive = {"labels": ["unsafe"], "average": "macro"}
    found = figures(pairs)
    if "unsafe" in said:
        assert found["precision"].value == pytest.approx(precision_score(truth, said, **positive))
    if "unsafe" in truth:
        assert found["recall"].value == pytest.approx(recall_score(truth, said, **positive))
        assert found["f1"].value == pytest.approx(f1_score(truth, said, **positive, zero_division=0.0))
    assert found["accuracy"].value == pytest.approx(accuracy_score(truth, said))
    if len({*truth, *said}) > 1:
        assert found["kappa"].value == pytest.approx(cohen_kappa_score(truth, said))


def test_without_positives_recall_and_f1_are_undefined_and_without_findings_precision_is():
    nobody = figures([("safe", "safe")] * 5)
    assert [nobody[name].value for name in FIGURES] == [None, None, None, None, 1.0]
    alarms = figures([("safe", "unsafe")] * 2 + [("safe", "safe")] * 5)
    assert [alarms[name].value for name in ("precision", "recall", "f1")] == [0.0, None, None]
    misses = figures([("unsafe", "safe")] * 2 + [("safe", None)] * 5)
    assert [misses[name].value for name in ("precision", "recall", "f1")] == [None, 0.0, 0.0]


def test_f1_is_binomial_among_hits_false_findings_and_misses():
    found = figures(
        [("unsafe", "unsafe")] * 6 + [("unsafe", "safe")] * 3 + [("safe", "unsafe")] + [("safe", "safe")] * 90
    )
    low, high = proportion_interval(0.6, 10)
    assert found["f1"].interval == pytest.approx((2 * low / (1 + low), 2 * high / (1 + high)), abs=1e-9)
    assert found["f1"].n == 10
    assert found["recall"].interval == pytest.approx(proportion_interval(6 / 9, 9), abs=1e-9)


def test_any_positive_label_finds_any_other():
    found = estimate_figures(["2", "0", "1"], ["1", "0", None], ("1", "2", "3"), ["a", "b", "c"])
    assert found["recall"].value == 0.5
    assert found["accuracy"].value == pytest.approx(1 / 3)


def test_sequences_of_different_length_are_refused():
    with pytest.raises(ValueError, match="differ in number"):
        estimate_figures(["safe"], [], "unsafe", ["a"])
