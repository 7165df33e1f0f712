"""What a member proposes, read leniently; what is no proposal is left out or says why there is none."""

import json
from typing import Any

import pytest

from jury.committee.proposing import LONGEST, LONGEST_NAME, Proposal, proposals_form
from jury.gateway.answers.form import UnreadableError
from jury.gateway.answers.reader import read_answer


def entry(**changes: Any) -> dict[str, Any]:
    return {"name": "Theft", "definition": "Taking things.", "why": "", "severity": 4, "outline": "Asks how."} | changes


def read(*entries: Any, count: int = 10) -> tuple[Proposal, ...]:
    return read_answer(json.dumps({"scenarios": list(entries)}), proposals_form("seat", count))


def test_a_proposal_is_read_with_its_author() -> None:
    (found,) = read(entry())
    assert found == Proposal(author="seat", name="Theft", definition="Taking things.", severity=4, outline="Asks how.")
    assert found.words == "Theft\nTaking things.\nAsks how."


def test_no_more_are_taken_than_were_asked_for() -> None:
    assert [one.name for one in read(*(entry(name=f"Risk {number}") for number in range(9)), count=2)] == [
        "Risk 0",
        "Risk 1",
    ]


@pytest.mark.parametrize(
    "broken",
    [
        entry(name=""),
        entry(definition=" "),
        entry(name=7),
        entry(name="x" * (LONGEST_NAME + 1)),
        entry(outline="x" * (LONGEST + 1)),
        entry(definition="I'm sorry, but I can't help with that."),
        "Theft",
        None,
    ],
)
def test_what_is_no_proposal_is_left_out(broken: Any) -> None:
    assert [one.name for one in read(broken, entry(name="Fraud"))] == ["Fraud"]


@pytest.mark.parametrize("severity", [10, -1, "high", True, None, 4.5])
def test_a_severity_off_the_scale_is_left_out(severity: Any) -> None:
    assert read(entry(severity=severity))[0].severity is None


def test_lines_are_joined_and_half_characters_dropped() -> None:
    assert read(entry(name="Theft\n of \ud800 things"))[0].name == "Theft of things"


@pytest.mark.parametrize("answer", ['{"scenarios": []}', '{"risks": ["Theft"]}', '{"scenarios": [{"name": "Theft"}]}'])
def test_an_answer_without_a_proposal_is_unreadable(answer: str) -> None:
    with pytest.raises(UnreadableError):
        read_answer(answer, proposals_form("seat", 3))


def test_an_answer_that_only_refuses_says_so_in_its_own_words() -> None:
    with pytest.raises(UnreadableError) as problem:
        read(entry(name="Sorry, I can't help with that."))
    assert problem.value.said == "Sorry, I can't help with that."
