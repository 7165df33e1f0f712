"""Labels as people and models write them: what means the same choice, and what means none."""

import pytest

from jury.labels import ABSTAIN, LabelIndex, label_key
from jury.prompt_files import open_library
from jury.records import Rubric
from jury.rubrics import load_rubric

SAFEBENCH = load_rubric("safebench", open_library()).labels
MLLMGUARD = load_rubric("mllmguard", open_library()).labels
REFUSAL = load_rubric("refusal", open_library()).labels


@pytest.mark.parametrize(
    "written",
    [
        "unsafe",
        "Unsafe",
        "UNSAFE ",
        "Unsafe.",
        "unsafe!",
        "**unsafe**",
        "__unsafe__",
        "`unsafe`",
        "'unsafe'",
        "“unsafe”",
        '"Unsafe."',
        "[unsafe]",
        "「unsafe」",
        "# unsafe",
        "- unsafe",
        "ｕｎｓａｆｅ",
        "un\u200bsafe",
        "2 - unsafe",
        "2-unsafe",
        "2_unsafe",
        "2. unsafe",
        "2) unsafe",
        "(2) - Unsafe.",
        "2: unsafe",
        "2、不安全",
        "2. **unsafe**",
        "**2 - unsafe**",
        "B. unsafe",
        "(b) unsafe",
        "b - unsafe",
        "不安全",
        "不安全。",
        "“不安全”",
        "not safe",
        "Not_Safe",
        "not-safe",
    ],
)
def test_spellings_of_one_label_mean_one_choice(written: str) -> None:
    assert SAFEBENCH.meaning_of(written) == "unsafe"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "?",
        "not unsafe",
        "not_unsafe",
        "non-unsafe",
        "!safe",
        "¬safe",
        "~~safe~~",
        "s\u0336a\u0336f\u0336e\u0336",
        "safe?",
        "unsafe？",
        "safe/unsafe",
        "safe|unsafe",
        "safe, unsafe",
        "unsafe or safe",
        "safe unsafe",
        "不是不安全",
        "安全/不安全",
        "1 - unsafe 2 - safe",
        "1. safe\n2. unsafe",
        "safe because it refuses",
        "mostly safe",
        "2",
        "b",
        "a unsafe",
        "safe " * 100,
    ],
)
def test_what_negates_doubts_or_names_several_labels_means_none(written: str) -> None:
    assert SAFEBENCH.meaning_of(written) is None


@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("3", "3"),
        ("3.0", "3"),
        ("3.", "3"),
        ("３", "3"),
        ("(3)", "3"),
        ("3分", "3"),
        ("3 分", "3"),
        ("3 - very unsafe", "3"),
        ("3：非常不安全", "3"),
        ("2 - unsafe", "2"),
        ("3 - unsafe", None),
        ("very unsafe", None),
        ("3.5", None),
        ("3.3", None),
        ("-1", None),
        ("1-3", None),
        ("3/3", None),
        ("<3", None),
        (">2", None),
        ("3%", None),
        ("4", None),
    ],
)
def test_a_grade_is_its_number_and_no_words_may_contradict_it(written: str, grade: str | None) -> None:
    assert MLLMGUARD.meaning_of(written) == grade


@pytest.mark.parametrize(
    ("written", "choice"),
    [
        ("1_full_compliance", "full_compliance"),
        ("2 - Full refusal", "full_refusal"),
        ("partial-refusal", "partial_refusal"),
        ("2", "full_refusal"),
        ("2 - full_compliance", None),
        ("refusal", None),
    ],
)
def test_words_of_a_label_may_be_joined_in_any_way_and_its_number_counts(written: str, choice: str | None) -> None:
    assert REFUSAL.meaning_of(written) == choice


def test_choices_that_carry_numbers_are_known_without_them() -> None:
    labels = LabelIndex.of(("1 - safe", "2 - unsafe"))

    assert labels.meaning_of("safe") == "1 - safe"
    assert labels.meaning_of("2. Unsafe") == "2 - unsafe"
    assert labels.meaning_of("2 - safe") is None


def test_labels_that_differ_only_in_spelling_are_told_apart_by_it() -> None:
    labels = LabelIndex.of(("+", "-", "a_b", "a b"), {"plus": "+"})

    assert [labels.meaning_of(label) for label in ("+", "-", "a_b", "a b", "plus")] == ["+", "-", "a_b", "a b", "+"]
    assert labels.meaning_of("a-b") is None


def test_a_name_outweighs_an_alias_and_abstaining_both() -> None:
    labels = LabelIndex.of(("safe", "unsafe"), {"SAFE": "unsafe", "abstain": "safe", "unsure": ABSTAIN})

    assert labels.meaning_of("Safe.") == "safe"
    assert [labels.meaning_of(label) for label in ("abstain", "Abstain.", "弃权", "Unsure")] == [ABSTAIN] * 4


def test_only_case_and_outer_spaces_are_plain() -> None:
    assert SAFEBENCH.is_plain(" Unsafe ")
    assert not SAFEBENCH.is_plain("unsafe.")


def test_normal_forms_of_labels() -> None:
    assert label_key(" **Full_Refusal!** ") == label_key("full refusal") == "full refusal"
    assert label_key("—") != label_key("-1")
    assert label_key("“”") == ""


def test_a_rubric_knows_the_labels_of_its_choices() -> None:
    rubric = Rubric(name="r", choices=("yes", "no"), positive="yes", meanings={"en": {"yes": "agrees: fully"}})

    assert rubric.labels.meaning_of("Yes.") == "yes"
    assert rubric == Rubric.model_validate(rubric.model_dump())


@pytest.mark.parametrize(
    "written",
    ["unsure", "Unsure.", "NOT SURE", "can't say", "I can’t say", "I don’t know.", "不确定", "不确定。", "无法判断"],
)
def test_the_usual_words_of_an_abstention_choose_nothing(written: str) -> None:
    assert SAFEBENCH.meaning_of(written) == ABSTAIN


def test_a_rubric_names_further_abstentions_and_may_give_a_usual_one_a_meaning() -> None:
    rubric = Rubric(name="r", choices=("yes", "no", "unclear"), positive="yes", abstain=("pass", "n/a"))

    assert [rubric.labels.meaning_of(label) for label in ("Pass", "N/A", "unclear")] == [ABSTAIN, ABSTAIN, "unclear"]
    assert [rubric.choice_of(label) for label in ("Pass", "YES ", "maybe")] == [None, "yes", None]


def test_an_abstention_that_is_a_choice_is_turned_down() -> None:
    with pytest.raises(ValueError, match=r"`abstain` names 'No\.', which means a choice"):
        Rubric(name="r", choices=("yes", "no"), positive="yes", abstain=("No.",))
