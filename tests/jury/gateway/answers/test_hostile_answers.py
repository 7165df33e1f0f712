"""Whatever a model says, a ballot is read or unreadable, soon."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutating import fuzzed, mutated

from jury.ballots import ballot_form
from jury.gateway.answers.form import UnreadableError
from jury.gateway.answers.reader import read_answer
from jury.prompt_files import open_library
from jury.rubrics import load_rubric

RUBRIC = load_rubric("safebench", open_library())
BALLOT = (
    b'I think: ```json\n{"reasoning": "It \\u00e9 {helps}", "choice": "unsafe", "rating": 2, "confidence": 0.75}\n```'
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def assert_read_or_unreadable(text):
    try:
        vote = read_answer(text, ballot_form(RUBRIC))
    except UnreadableError as error:
        assert str(error)  # noqa: PT017 - either way is right
    else:
        assert vote.choice in (*RUBRIC.choices, None)
        vote.to_json()


@fuzzed
@given(mutated(BALLOT))
def test_a_mutated_ballot_is_read_or_unreadable(content):
    assert_read_or_unreadable(content.decode("utf-8", "replace"))


@fuzzed
@given(
    st.dictionaries(
        st.sampled_from(["choice", "rating", "confidence", "reasoning"]), VALUES | st.sampled_from(["safe", "5"])
    )
)
def test_any_object_is_read_or_unreadable(fields):
    assert_read_or_unreadable(json.dumps({"choice": "safe", "rating": 3} | fields))


@fuzzed
@given(st.text(st.sampled_from("{}[]\":,\\/*#`'0123456789eE.-+ntfasuch\n "), max_size=60))
def test_any_signs_of_json_are_read_or_unreadable(text):
    assert_read_or_unreadable(text)


@pytest.mark.parametrize("digits", [400, 5000])
def test_a_number_beyond_all_measure_is_no_rating_and_no_confidence(digits):
    number = "9" * digits
    with pytest.raises(UnreadableError):
        read_answer(f'{{"choice": "safe", "rating": {number}}}', ballot_form(RUBRIC))
    if digits < 4300:  # what Python reads as a whole number
        vote = read_answer(f'{{"choice": "safe", "rating": 5, "confidence": {number}}}', ballot_form(RUBRIC))
        assert (vote.choice, vote.confidence) == ("safe", None)
