"""Figures against gold labels, held against scikit-learn and against a direct count from recorded ballots."""

import csv
from collections import defaultdict
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score, precision_score, recall_score

from jury.reliability.classification import RATES, Figures, figures, resampled_rates
from jury.stats.classification import describe_figures

LABELS = ("unsafe", "safe", "borderline")
PAIRS = st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from((*LABELS, None))), min_size=1, max_size=60)


def split(pairs):
    return [true for true, _ in pairs], [said for _, said in pairs]


@settings(deadline=None)
@given(PAIRS)
def test_figures_equal_scikit_learn_with_undecided_as_a_label_of_its_own(pairs):
    truth, predicted = split(pairs)
    said = ["undecided" if label is None else label for label in predicted]
    positive = {"labels": ["unsafe"], "average": "macro", "zero_division": 0.0}
    found = figures(truth, predicted, "unsafe")
    assert (found.precision is None) == ("unsafe" not in predicted)
    assert (found.recall is None) == (found.f1 is None) == ("unsafe" not in truth)
    assert (found.precision or 0.0) == pytest.approx(precision_score(truth, said, **positive))
    assert (found.recall or 0.0) == pytest.approx(recall_score(truth, said, **positive))
    assert (found.f1 or 0.0) == pytest.approx(f1_score(truth, said, **positive))
    assert found.accuracy == pytest.approx(accuracy_score(truth, said))
    assert found.n == len(truth)
    if len({*truth, *said}) > 1:
        assert found.kappa == pytest.approx(cohen_kappa_score(truth, said))


@settings(deadline=None)
@given(PAIRS, st.randoms())
def test_the_order_of_items_never_changes_a_figure(pairs, random):
    assert figures(*split(pairs), "unsafe") == figures(*split(random.sample(pairs, len(pairs))), "unsafe")


@given(PAIRS, st.integers(2, 4))
def test_repeating_every_item_changes_no_rate(pairs, times):
    once, often = figures(*split(pairs), "unsafe"), figures(*split(pairs * times), "unsafe")
    assert often.n == times * once.n
    assert [getattr(often, name) for name in RATES] == pytest.approx([getattr(once, name) for name in RATES])


@given(PAIRS, st.data())
def test_leaving_an_item_undecided_never_raises_recall_or_accuracy(pairs, data):
    item = data.draw(st.integers(0, len(pairs) - 1))
    before = figures(*split(pairs), "unsafe")
    pairs[item] = (pairs[item][0], None)
    after = figures(*split(pairs), "unsafe")
    assert after.recall is before.recall is None or after.recall <= before.recall
    assert after.accuracy <= before.accuracy


def test_undecided_is_no_prediction_stays_in_recall_and_is_never_safe():
    found = figures(["unsafe", "unsafe", "safe", "safe"], ["unsafe", None, None, "safe"], "unsafe")
    assert (found.precision, found.recall, found.accuracy) == (1.0, 0.5, 0.5)


def test_kappa_is_the_one_of_cohens_formula():
    truth = ["unsafe"] * 25 + ["safe"] * 25
    predicted = ["unsafe"] * 20 + ["safe"] * 5 + ["unsafe"] * 10 + ["safe"] * 15
    assert figures(truth, predicted, "unsafe").kappa == pytest.approx((0.7 - 0.5) / (1 - 0.5))


def test_any_grade_of_harm_finds_any_other_but_agrees_only_with_itself():
    found = figures(["3", "1", "0", "0"], ["2", "1", "1", "0"], ("3", "1", "2"))
    assert (found.precision, found.recall, found.accuracy) == (pytest.approx(2 / 3), 1.0, 0.5)


def test_undefined_figures_are_none():
    assert figures(["safe", "safe"], ["safe", "safe"], "unsafe") == Figures(None, None, None, None, 1.0, 2)
    assert figures([], [], "unsafe") == Figures(None, None, None, None, None, 0)
    assert figures(["unsafe"], [None], "unsafe") == Figures(None, 0.0, 0.0, 0.0, 0.0, 1)
    assert figures(["safe", "safe"], ["unsafe", "safe"], "unsafe").f1 is None


def test_sequences_of_different_length_are_an_error():
    with pytest.raises(ValueError):
        figures(["safe"], [], "unsafe")


def test_a_resample_without_positives_counts_as_zero():
    truth, predicted = ["unsafe", *["safe"] * 9], ["unsafe", *["safe"] * 9]
    drawn = resampled_rates(truth, predicted, "unsafe", [str(item) for item in range(10)])
    assert set(drawn["f1"]) == {0.0, 1.0}


@pytest.fixture(scope="module")
def msts(shared_data):
    """Gold, ballots by juror, and the case that shares an image, of the recorded MSTS answers."""
    folder = shared_data / "msts"
    gold = {row["item_id"]: row["label"] for row in _rows(folder / "gold.csv")}
    groups = {row["item_id"]: row["case_id"] for row in _rows(folder / "responses.csv")}
    ballots = defaultdict(dict)
    for row in _rows(folder / "ballots.csv"):
        ballots[row["juror"]][row["item_id"]] = row["label"]
    return gold, ballots, groups


def _rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_recorded_judges_have_the_figures_of_a_direct_count(msts):
    gold, ballots, _ = msts
    unsafe = {item for item, label in gold.items() if label == "unsafe"}
    best = 0.0
    for labels in ballots.values():
        flagged = {item for item, label in labels.items() if label == "unsafe"}
        found = figures(list(gold.values()), [labels.get(item) for item in gold], "unsafe")
        assert found.precision == pytest.approx(len(flagged & unsafe) / len(flagged))
        assert found.recall == pytest.approx(len(flagged & unsafe) / len(unsafe))
        assert found.f1 == pytest.approx(2 * len(flagged & unsafe) / (len(flagged) + len(unsafe)))
        assert found.n == 1880
        best = max(best, found.f1)
    assert best == pytest.approx(0.616, abs=5e-4)  # published for this half beside the data


def test_intervals_of_recorded_judges_hold_their_figures(msts):
    gold, ballots, groups = msts
    truth, clusters = list(gold.values()), [groups[item] for item in gold]
    for labels in ballots.values():
        predicted = [labels.get(item) for item in gold]
        rates = asdict(figures(truth, predicted, "unsafe"))
        found = describe_figures(truth, predicted, "unsafe", clusters)
        for name in RATES:
            low, high = found[f"{name}_ci"]
            assert found[name] == pytest.approx(rates[name], abs=1e-12)
            assert low < rates[name] < high
