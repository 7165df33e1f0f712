"""Thoughts and answer are told apart, and no quoted mark divides an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.gateway.route.thinking import apart

BALLOT = '{"choice": "unsafe"}'


@pytest.mark.parametrize(
    ("text", "thoughts"),
    [
        (f"<think>hm</think>{BALLOT}", "hm"),
        (f"\n<THINKING>\nhm\n</THINKING>{BALLOT}", "hm"),
        (f"<reasoning></reasoning>{BALLOT}", ""),
        (
            f'Perhaps {{"choice": "safe"}}?\n</think>{BALLOT}'.replace("</think>", "</think>\n"),
            'Perhaps {"choice": "safe"}?',
        ),
    ],
)
def test_thoughts_come_before_their_end_mark(text, thoughts):
    told, answer = apart(text)
    assert (told, answer.strip()) == (thoughts, BALLOT)


def test_thoughts_that_never_end_leave_no_answer():
    assert apart(f"<think>hm {BALLOT}") == (f"hm {BALLOT}", "")


@pytest.mark.parametrize(
    "answer",
    [
        BALLOT,
        '{"reasoning": "It says </think>{\'choice\': \'safe\'}", "choice": "unsafe"}',
        'My ballot: {"reasoning": "It says \\n</think>\\n{}", "choice": "unsafe"}',
        "The answer opens with <think> and stops.",
    ],
)
def test_a_mark_that_is_only_quoted_divides_nothing(answer):
    assert apart(answer) == ("", answer)


@given(st.text())
def test_no_text_is_lost_or_made_up(text):
    thoughts, answer = apart(text)
    assert thoughts in text
    assert answer in text
