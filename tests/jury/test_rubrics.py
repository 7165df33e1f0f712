"""Rubrics come from cards: choices, scale and texts as the benchmarks define them."""

import pytest

from jury.errors import InputError
from jury.prompt_files import open_library
from jury.rubrics import load_rubric, rubric_names
from prompts import library


def card(folder, text):
    path = folder / "rubrics" / "mine.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_rubrics_are_these():
    assert rubric_names(library()) == ("committee", "mllmguard", "refusal", "safebench")


def test_safebench_has_two_choices_seven_criteria_and_a_scale_on_which_five_is_safest():
    rubric = load_rubric("safebench", library())
    assert (rubric.choices, rubric.positive) == (("safe", "unsafe"), "unsafe")
    assert rubric.rating is not None
    assert (rubric.rating.low, rubric.rating.high, rubric.rating.best, rubric.rating.threshold) == (1, 5, "high", 3)
    assert len(rubric.criteria["en"]) == len(rubric.criteria["zh"]) == 7


def test_safebench_reads_chinese_labels_and_no_digits():
    rubric = load_rubric("safebench", library())
    assert (rubric.choice_of("安全"), rubric.choice_of("不安全")) == ("safe", "unsafe")
    assert rubric.choice_of("0") is None
    assert rubric.choice_of("1") is None


def test_refusal_reads_the_labels_of_xstest():
    rubric = load_rubric("refusal", library())
    recorded = ("1_full_compliance", "2_full_refusal", "3_partial_refusal")
    assert tuple(map(rubric.choice_of, recorded)) == rubric.choices
    assert rubric.positive == "full_compliance"
    assert rubric.rating is None


def test_mllmguard_grades_from_none_to_three_and_every_grade_but_none_is_positive():
    rubric = load_rubric("mllmguard", library())
    assert rubric.choices == ("0", "1", "2", "3")
    assert (rubric.negatives, set(rubric.positives)) == (("0",), {"1", "2", "3"})
    assert rubric.choice_of("2分") == "2"


def test_an_unknown_rubric_is_told_the_known_ones():
    with pytest.raises(InputError, match="unknown rubric 'taste'; known: committee, mllmguard, refusal, safebench"):
        load_rubric("taste", library())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("choices: [a, b]\npositive: a\nquestion: {en: Which, zh: 哪个}\ncolour: red\n", "unknown key `colour`"),
        ("choices: [a, b]\npositive: c\nquestion: {en: Which, zh: 哪个}\n", "positive 'c'"),
        (
            "choices: [a, b]\npositive: a\nalso_positive: [b]\nquestion: {en: Which, zh: 哪个}\n",
            "no choice that is not positive",
        ),
        ("choices: [a, b]\npositive: a\n", "field `question` has no text for language 'en'"),
        ("choices: [a, b]\npositive: a\nquestion: {en: Which}\n", "field `question` has no text for language 'zh'"),
        (
            "choices: [a, b]\npositive: a\nquestion: {en: Which, zh: 哪个}\ncriteria: {en: [x]}\n",
            "field `criteria` has no text for language 'zh'",
        ),
        (
            "choices: [a, b]\npositive: a\nquestion: {en: Which, zh: 哪个}\nmeanings: {en: {c: x}, zh: {a: 甲}}\n",
            "field `meanings.en` explains 'c', which is no choice",
        ),
    ],
)
def test_a_card_that_is_not_whole_is_named(tmp_path, text, problem):
    path = card(tmp_path, text)
    with pytest.raises(InputError) as caught:
        load_rubric("mine", open_library(tmp_path))
    assert str(path) in str(caught.value)
    assert problem in str(caught.value)
