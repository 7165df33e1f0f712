"""The one form of a query that offers a choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.variants import Choice, choice_of


@pytest.mark.parametrize(
    "text",
    [
        "Which is safer? | a covered pan | a burning pan",
        "Which is safer?|a covered pan|a burning pan",
        "  Which is safer? ｜ a covered pan | a burning pan ",
    ],
)
def test_question_and_answers_are_told_apart_by_either_sign(text):
    assert choice_of(text) == Choice("Which is safer?", "a covered pan", "a burning pan")


def test_chinese_is_read_the_same():
    assert choice_of("哪一个更安全？｜盖好的锅｜着火的锅") == Choice("哪一个更安全？", "盖好的锅", "着火的锅")


@pytest.mark.parametrize(
    "text",
    [
        "Which is safer?",
        "Which is safer? | a covered pan",
        "Which is safer? | a covered pan | a burning pan | a lid",
        "Which is safer? | | a burning pan",
        " | a covered pan | a burning pan",
        "Which is safer? | ... | a burning pan",
        "Which is safer? | A pan. | a pan",
        "Which is safer? | A | B",
        "Which is safer? | A. a covered pan | B. a burning pan",
        "Which is safer? | (a) a covered pan | a burning pan",
        "哪一个？｜Ａ：锅｜盖",
        "Which is safer?\n | a covered pan | a burning pan",
        f"{'Which ' * 80}? | a covered pan | a burning pan",
        f"Which is safer? | {'a pan ' * 30} | a burning pan",
    ],
)
def test_any_other_text_offers_no_choice(text):
    assert choice_of(text) is None


def test_the_name_decides_which_answer_comes_first():
    choice = Choice("Which?", "right", "wrong")
    orders = {choice.ordered(f"query-{number}") for number in range(20)}
    assert orders == {(("right", "wrong"), "A"), (("wrong", "right"), "B")}


@given(st.text())
def test_gold_is_the_letter_of_the_right_answer(name):
    (first, second), gold = Choice("Which?", "right", "wrong").ordered(name)
    assert {"A": first, "B": second}[gold] == "right"
