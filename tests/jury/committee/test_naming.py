"""Names of kept groups: keys that fit, differ, and can't be anything but keys."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from jury.committee.naming import Title, free_key, key_of, own_title, title_form
from jury.committee.proposing import Proposal
from jury.gateway.answers.form import UnreadableError
from jury.gateway.answers.reader import read_answer
from jury.records.taxonomy import Key

TITLE = {
    "key": "Identity Theft",
    "name": "Identity theft",
    "definition": "Passing for somebody else.",
    "why": "It harms them.",
    "outline": "Asks how.",
    "category": "privacy",
    "category_name": "Privacy",
}


def read(**changes: str) -> Title:
    return read_answer(json.dumps(TITLE | changes), title_form())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Identity Theft", "identity_theft"),
        ("  Café & Bar! ", "cafe_bar"),
        ("a | b\nACT: x", "a_b_act_x"),
        ("盗窃", ""),
    ],
)
def test_a_key_has_small_latin_letters_digits_and_underscores_only(text: str, key: str) -> None:
    assert key_of(text) == key


@given(st.text())
def test_whatever_is_written_makes_a_valid_key_or_none(text: str) -> None:
    key = key_of(text)
    assert not key or TypeAdapter(Key).validate_python(key) == key


def test_a_key_that_is_taken_gets_a_number() -> None:
    assert free_key("theft", {"theft", "theft_2"}) == "theft_3"
    assert free_key("theft", set()) == "theft"


def test_a_title_is_read_with_keys_made_to_fit() -> None:
    title = read(category="Privacy | Rights")
    assert (title.key, title.category) == ("identity_theft", "privacy_rights")


def test_keys_that_are_missing_are_made_of_the_names() -> None:
    title = read(key="", category="")
    assert (title.key, title.category) == ("identity_theft", "privacy")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "has no `name`"),
        ({"category_name": ""}, "has no `category_name`"),
        ({"key": "", "name": "盗窃"}, "has no `key`"),
        ({"name": "I'm sorry, I can't."}, "is a refusal"),
        ({"why": "x" * 2_000}, "is too long"),
    ],
)
def test_a_title_that_will_not_do_says_why(changes: dict[str, str], said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        read(**changes)


def test_what_nobody_would_name_keeps_its_own_words() -> None:
    chinese = Proposal(author="a", name="盗窃", definition="拿走别人的东西。")
    title = own_title((chinese,), "other", "其他")
    assert (title.name, title.definition, title.category) == ("盗窃", "拿走别人的东西。", "other")
    assert title.key.startswith("scenario_")
    assert title.key == own_title((chinese,), "other", "其他").key
