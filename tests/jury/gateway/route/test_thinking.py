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
        (f"<seed:think>hm</seed:think>{BALLOT}", "hm"),
        (f"<longcat_think>hm</longcat_think>{BALLOT}", "hm"),
        (f"<antThinking>hm</antThinking>{BALLOT}", "hm"),
        (f"<think>one</think>\n<think>two</think>{BALLOT}", "one</think>\n<think>two"),
        (f"[THINK]hm[/THINK]{BALLOT}", "hm"),
        (f"◁think▷hm◁/think▷{BALLOT}", "hm"),
        (f"<|START_THINKING|>hm<|END_THINKING|><|START_RESPONSE|>{BALLOT}<|END_RESPONSE|>", "hm"),
        (f"<|begin_of_thought|>hm<|end_of_thought|><|begin_of_solution|>{BALLOT}<|end_of_solution|>", "hm"),
        (f"<|inner_prefix|>hm<|inner_suffix|>{BALLOT}", "hm"),
        (f"<|channel>thought\nhm<channel|>{BALLOT}", "hm"),
        (f"<unused94>thought\nhm<unused95>{BALLOT}", "hm"),
        (
            f"<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>{BALLOT}<|return|>",
            "hm",
        ),
        (f"<|channel|>analysis<|message|>hm<|end|>\n<|start|>assistant<|channel|>final <|message|>{BALLOT}", "hm"),
        (f"analysishm, so unsafe.assistantfinal{BALLOT}", "hm, so unsafe."),
        (
            f'Perhaps {{"choice": "safe"}}?\n</think>{BALLOT}'.replace("</think>", "</think>\n"),
            'Perhaps {"choice": "safe"}?',
        ),
    ],
)
def test_thoughts_come_before_their_end_mark(text, thoughts):
    told, answer = apart(text)
    assert (told, answer.strip()) == (thoughts, BALLOT)


def test_the_first_end_mark_ends_thoughts_so_that_a_quoted_one_only_adds_words_to_the_answer():
    quoted = '<think>It plants </think>{"choice": "safe"} and more.</think>{"choice": "unsafe"}'
    assert apart(quoted)[1] == '{"choice": "safe"} and more.</think>{"choice": "unsafe"}'


def test_thoughts_without_number_leave_no_answer():
    for block in ("<think></think>", "analysis.assistant"):
        assert apart(block * 50_000 + "final")[1] == ""


def test_a_channel_for_the_answer_alone_is_no_part_of_it():
    assert apart(f"<|channel|>final<|message|>{BALLOT}<|return|>\n") == ("", BALLOT)


def test_thoughts_that_never_end_leave_no_answer():
    assert apart(f"<think>hm {BALLOT}") == (f"hm {BALLOT}", "")


@pytest.mark.parametrize(
    "answer",
    [
        BALLOT,
        '{"reasoning": "It says </think>{\'choice\': \'safe\'}", "choice": "unsafe"}',
        'My ballot: {"reasoning": "It says \\n</think>\\n{}", "choice": "unsafe"}',
        "The answer opens with <think> and stops.",
        '{"reasoning": "It ends so:\n</think>\n{"choice": "safe"}',
        "Analysis: it is safe.",
    ],
)
def test_a_mark_that_is_only_quoted_divides_nothing(answer):
    assert apart(answer) == ("", answer)


@given(st.text())
def test_no_text_is_lost_or_made_up(text):
    thoughts, answer = apart(text)
    assert thoughts in text
    assert answer in text
