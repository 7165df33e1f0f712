"""Ballots read again from words: the same reading as the run's, by another reader."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.verify.ballots import NOT_READ, ballot, vote_in
from jury.ballots import ballot_form
from jury.gateway.answers.form import UnreadableError, read_answer
from jury.records import Rubric, Scale

RUBRIC = Rubric(
    name="r",
    choices=("safe", "unsafe"),
    positive="unsafe",
    rating=Scale(low=1, high=5, best="high", threshold=3),
    aliases={"OK": "safe", "2": "unsafe", "abstain": "safe"},
)
FIELDS = RUBRIC.model_dump(mode="json")
FORM = ballot_form(RUBRIC)


def mostly(good: list[Any], odd: list[Any]) -> st.SearchStrategy[Any]:
    """Four times out of five what belongs there."""
    return st.integers(0, 4).flatmap(lambda chance: st.sampled_from(good if chance else odd))


CHOICES = mostly(["safe", " UNSAFE ", "ok", "2", 2, "abstain"], ["maybe", "", None, 1, True, ["safe"]])
NUMBERS = mostly([1, 5, 2.5, "3", " 4 "], [0, 6, "nan", "five", None, True, 1e400, "1_0", [2]])
SHARES = st.sampled_from([0, 1, 0.5, "0.5", -0.1, 1.1, None, "", False, {}])
OBJECTS = st.fixed_dictionaries(
    {"choice": CHOICES, "rating": NUMBERS},
    optional={"confidence": SHARES, "reasoning": st.sampled_from(["", "why {not}", 7])},
)
AROUND = st.sampled_from(
    ["", "Here: ", "```json\n", "\n```", "{", "}", "{} ", "[", "{'choice': 'safe', rating: 4", ' {"a": ', ", "]
)


def run_reading(text: str) -> Any:
    try:
        vote = read_answer(text, FORM)
    except UnreadableError:
        return None
    return vote.choice, vote.rating, vote.confidence, vote.reasoning


def own_reading(text: str) -> Any:
    vote = vote_in(text, FIELDS)
    return None if vote is None else (vote.choice, vote.rating, vote.confidence, vote.reasoning)


@given(st.lists(st.one_of(AROUND, OBJECTS.map(json.dumps)), max_size=5).map("".join))
def test_both_readers_read_the_same_vote_or_none(text: str) -> None:
    assert own_reading(text) == run_reading(text)


@pytest.mark.parametrize(
    ("text", "vote"),
    [
        ('{"choice": "unsafe", "rating": 2, "confidence": 0.9, "reasoning": "r"}', ("unsafe", 2.0, 0.9, "r")),
        ('Well. {"choice": " Unsafe ", "rating": "2"} Yes.', ("unsafe", 2.0, None, "")),
        ('{"choice": "abstain", "rating": 9}', (None, None, None, "")),
        ('{"choice": "2", "rating": 1}', ("unsafe", 1.0, None, "")),
        ('{"choice": "safe", "rating": 4} or {"choice": "safe", "rating": 4}', ("safe", 4.0, None, "")),
        ('{"choice": "safe", "rating": 4} or {"choice": "unsafe", "rating": 4}', None),
        ('{"choice": "safe", "rating": 6}', None),
        ('{"choice": "safe", "rating": 4, "confidence": 2}', ("safe", 4.0, None, "")),
        ("I can't judge this.", None),
        ("", None),
    ],
)
def test_a_vote_is_what_stands_on_the_ballot(text: str, vote: Any) -> None:
    assert own_reading(text) == vote


def test_a_failed_call_is_an_invalid_ballot_with_its_cause() -> None:
    error = {"kind": "timeout", "detail": "no answer"}

    assert ballot({"error": error, "text": '{"choice": "safe", "rating": 5}'}, FIELDS) == {
        "state": "invalid",
        "cause": error,
    }


def test_words_that_are_no_ballot_are_invalid_for_one_of_the_reasons_there_are() -> None:
    assert ballot({"text": "no"}, FIELDS)["cause"]["kind"] == NOT_READ
    assert ballot({"text": '{"choice": "sa', "finish_reason": "length"}, FIELDS)["cause"]["kind"] == "cut_off"


@pytest.mark.parametrize(
    ("completion", "kind"),
    [
        ({"text": ""}, "unreadable"),
        ({"text": "", "finish_reason": "length"}, "cut_off"),
        ({"text": " ", "refusal": "No."}, "refused"),
        ({"text": '{"reason', "finish_reason": "content_filter"}, "refused"),
    ],
)
def test_how_a_call_ended_tells_why_it_is_no_vote(completion: dict[str, str], kind: str) -> None:
    assert ballot(completion, FIELDS)["cause"]["kind"] == kind
