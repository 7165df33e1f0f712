"""Asking the target: turn by turn, each answer part of the next question."""

from jury.gateway.answers.structured import spoken
from jury.gateway.call import Gateway
from jury.records import Answer, Case, Cause, Completion, Message, Request, Target, TextPart, Transcript, Usage
from jury.usage import in_turn


async def ask_target(gateway: Gateway, target: Target, case: Case) -> tuple[Transcript, Usage]:
    """The target's answers to a case. A failed answer is invalid with its cause, and the turns after it are not asked."""
    messages = _opening(target)
    answers: list[Answer] = []
    usages: list[Usage] = []
    for turn in case.turns:
        messages = (*messages, Message(role="user", parts=turn.parts))
        reply = await gateway.say(Request.by(target, messages, item=case.id), lane=case.id)
        answers.append(_answer(reply.parsed, reply.error, reply.keys[-1] if reply.keys else None))
        usages.append(reply.usage)
        if reply.parsed is None:
            break
        messages = (*messages, Message(role="assistant", parts=(TextPart(text=reply.parsed),)))
    return Transcript(case=case, target=target.model, answers=tuple(answers)), in_turn(usages)


def _opening(target: Target) -> tuple[Message, ...]:
    return (Message(role="system", parts=(TextPart(text=target.system),)),) if target.system else ()


def kept_answer(completion: Completion, call: str) -> Answer:
    """The answer a kept call amounts to, as it did when it was made."""
    text, error = spoken(completion)
    return _answer(text, error, call)


def _answer(text: str | None, error: Cause | None, call: str | None) -> Answer:
    if text is None:
        return Answer(state="invalid", cause=error, call=call)
    return Answer(text=text, call=call)
