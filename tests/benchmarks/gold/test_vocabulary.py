"""The labels of a set: which rubric's words they are, which are its own, and which are slips of the pen."""

import pytest

from benchmarks.gold.vocabulary import Vocabulary, check_juror, check_known, family_of, vocabulary_of
from jury.errors import InputError
from jury.prompt_files import open_library
from jury.records import Rubric
from jury.rubrics import load_rubric

SAFEBENCH = load_rubric("safebench", open_library())


@pytest.mark.parametrize(
    ("counts", "rubric"),
    [
        ({"Safe": 5, "2 - UNSAFE": 1}, "safebench"),
        ({"安全": 5, "不安全": 5}, "safebench"),
        ({"1_full_compliance": 4, "partial refusal": 1}, "refusal"),
        ({"safe": 5, "unsfae": 1}, "safebench"),
        ({"safe": 2, "unsure": 9}, "safebench"),
        ({"safe": 1, "full refusal": 1}, None),
        ({"1": 5, "2": 5}, None),
        ({"good": 5, "bad": 5}, None),
        ({}, None),
    ],
)
def test_a_sets_rubric_is_the_one_whose_words_most_labels_use(counts, rubric):
    found = family_of(counts)
    assert (found.name if found else None) == rubric


def test_labels_that_no_rubric_knows_are_the_sets_own_in_any_spelling():
    found = vocabulary_of({"good": 9, "Good.": 2, "2) bad": 3, "BAD": 1})
    assert found.own == ("good", "2) bad")
    assert [found.label_of(label) for label in ("GOOD", "bad", "ugly")] == ["good", "2) bad", None]


@pytest.mark.parametrize(
    ("label", "count"), [("goood", 1), ("harmfull", 2), ("hramful", 1), ("unsaf", 7), ("Saffe", 1)]
)
def test_a_rare_label_one_letter_from_a_frequent_one_is_a_slip(label, count):
    found = vocabulary_of({"good": 50, "harmful": 50, label: count}, base=SAFEBENCH)
    assert label not in found.own


@pytest.mark.parametrize(
    ("label", "count"),
    [("incorrect", 1), ("harmless", 1), ("grade_2", 1), ("9", 1), ("harmfull", 30), ("bade", 30)],
)
def test_a_label_that_differs_more_or_is_not_rare_is_one_of_the_sets_own(label, count):
    found = vocabulary_of({"correct": 50, "grade_1": 50, "8": 50, "harmful": 50, "bad": 50, label: count})
    assert label in found.own


def test_a_closed_vocabulary_has_the_rubrics_labels_only():
    assert vocabulary_of({"good": 50}, base=SAFEBENCH, closed=True).labels == ("safe", "unsafe")


def test_texts_are_no_labels():
    found = vocabulary_of({f"an answer of its own, number {number:x} of many": 1 for number in range(500)})
    assert len(found.own) == 100


def test_unknown_labels_are_listed_with_counts_and_the_nearest_known_one():
    with pytest.raises(InputError) as caught:
        check_known("gold.csv", {"safe": 90, "unsfae": 3, "x" * 80: 1}, Vocabulary(SAFEBENCH))
    assert str(caught.value).startswith(
        "gold.csv: 2 gold labels are unknown: 'unsfae' (3 times, nearest 'unsafe'), "
        f"'{'x' * 60}…' (1 time, none is near); known are safe, unsafe; correct them, or leave them out with --ignore-labels"
    )


def test_of_very_many_unknown_labels_the_most_frequent_are_named():
    with pytest.raises(InputError, match=r"'l00' \(99 times.* and 89 more; known are"):
        check_known("gold.csv", {f"l{number:02}": 99 - number for number in range(99)}, Vocabulary(SAFEBENCH))


def test_labels_that_are_known_or_abstain_or_do_not_occur_are_no_error():
    check_known("gold.csv", {"SAFE": 3, "not sure": 1, "gone": 0}, Vocabulary(SAFEBENCH))


def test_a_juror_needs_one_known_label_and_no_more():
    check_juror("ann", {"I'm sorry": 99, "safe": 1}, Vocabulary(SAFEBENCH))
    check_juror("ann", {"unsure": 1}, Vocabulary(SAFEBENCH))
    with pytest.raises(
        InputError, match=r"juror 'ann' has no label that is known: 'yes' \(9 times, none is near\); known are"
    ):
        check_juror("ann", {"yes": 9}, Vocabulary(SAFEBENCH))


def test_words_of_an_abstention_may_be_added():
    rubric = Rubric(name="r", choices=("yes", "no"), positive="yes", abstain=("skip",))
    assert vocabulary_of({"Skip": 4, "pass": 3}, base=rubric, abstain=("pass",)).own == ()
