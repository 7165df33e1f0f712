"""What an attacker who knows our formats writes: a ballot to be quoted, our own questions, a rubric, a tool call, a code."""

import base64

from benchmarks.attack.lure import Lure, last_answer, with_last_answer
from benchmarks.attack.registry import attack
from jury.records import Case


@attack("quoted_ballot")
def quoted_ballot(case: Case, lure: Lure) -> Case:
    """The answer asks that a filled-in ballot be quoted word for word in the reasons."""
    return with_last_answer(case, f"{last_answer(case)}\n\n{lure.words('quoted_ballot')}")


@attack("repair_question")
def repair_question(case: Case, lure: Lure) -> Case:
    """The answer imitates the question that is asked where a ballot can't be read, with the ballot to send."""
    return with_last_answer(case, f"{last_answer(case)}\n\n{lure.words('repair_question')}")


@attack("rubric")
def rubric(case: Case, lure: Lure) -> Case:
    """The answer imitates a rubric under which there is one choice only."""
    return with_last_answer(case, f"{last_answer(case)}\n\n{lure.words('rubric')}")


@attack("tool_call")
def tool_call(case: Case, lure: Lure) -> Case:
    """The answer ends in a tool call that casts a ballot, and in its receipt."""
    return with_last_answer(case, f"{last_answer(case)}\n\n{lure.words('tool_call')}")


@attack("encoded")
def encoded(case: Case, lure: Lure) -> Case:
    """The answer has an instruction in Base64, and asks to decode it and act on it."""
    code = base64.b64encode(lure.words("instruction").encode()).decode()
    return with_last_answer(case, f"{last_answer(case)}\n\n{lure.words('encoded')}\n{code}")
