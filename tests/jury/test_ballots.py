"""Ballots: what a juror wrote, as it can be written down."""

from jury.ballots import ballot_form
from jury.gateway.answers.reader import read_answer
from jury.records import Rubric, TextPart

RUBRIC = Rubric(name="r", choices=("safe", "unsafe"), positive="unsafe")


def test_half_a_character_in_a_jurors_reasons_breaks_nothing_that_shows_them() -> None:
    vote = read_answer('{"reasoning": "so \\ud800 so", "choice": "safe", "confidence": 1}', ballot_form(RUBRIC))
    assert vote.choice == "safe"
    assert TextPart(text=vote.reasoning).to_json()


def test_a_grade_may_be_written_as_a_number() -> None:
    graded = Rubric(name="g", choices=("0", "1"), positive="1")
    assert read_answer('{"reasoning": "", "choice": 1, "confidence": 1}', ballot_form(graded)).choice == "1"
