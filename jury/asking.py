"""Asking the target: turn by turn, each answer part of the next question."""

from dataclasses import dataclass

from jury.gateway.answers.structured import spoken
from jury.gateway.call import Gateway
from jury.providers import is_rehearsal
from jury.records import (
    Answer,
    Answered,
    Asked,
    Case,
    Cause,
    Completion,
    Message,
    Request,
    Target,
    TextPart,
    Usage,
)
from jury.tracing import agent_span
from jury.usage import in_turn
from jury.wrapping import Wrapper


@dataclass(frozen=True)
class Interview:
    """A target and how it is asked: it holds for all cases of a run and knows nothing of any of them."""

    gateway: Gateway
    target: Target
    wrapper: Wrapper

    async def ask(self, case: Case) -> Answered:
        """The answers to a case. A failed answer is invalid with its cause, and the turns after it are not asked."""
        messages = opening(self.target)
        answers: list[Answer] = []
        usages: list[Usage] = []
        for turn in case.turns:
            messages = (*messages, Message(role="user", parts=self.wrapper.around(turn, case.language)))
            request = Request.by(self.target, messages, item=case.id)
            with agent_span("target", self.target.model, "target"):
                reply = await self.gateway.say(request, lane=case.id)
            answers.append(_answer(reply.parsed, reply.error, reply.keys[-1] if reply.keys else None))
            usages.append(reply.usage)
            if reply.parsed is None:
                break
            messages = (*messages, Message(role="assistant", parts=(TextPart(text=reply.parsed),)))
        return self._answered(case, tuple(answers), in_turn(usages))

    def unanswered(self, case: Case, cause: Cause) -> Answered:
        """What is recorded where a case ended before its target had answered."""
        return self._answered(case, (Answer(state="invalid", cause=cause),), Usage())

    def _answered(self, case: Case, answers: tuple[Answer, ...], usage: Usage) -> Answered:
        return Answered(
            case_id=case.id,
            case_hash=case.content_hash,
            target=self.target.model,
            asked=Asked.of(self.target, self.wrapper.ref(case.language)),
            answers=answers,
            usage=usage,
            rehearsal=is_rehearsal(self.target.model),
        )


def opening(target: Target) -> tuple[Message, ...]:
    """What is said to a target before every case: its system prompt, if it has one."""
    return (Message(role="system", parts=(TextPart(text=target.system),)),) if target.system else ()


def kept_answer(completion: Completion, call: str) -> Answer:
    """The answer a kept call amounts to, as it did when it was made."""
    text, error = spoken(completion)
    return _answer(text, error, call)


def _answer(text: str | None, error: Cause | None, call: str | None) -> Answer:
    if text is None:
        return Answer(state="invalid", cause=error, call=call)
    return Answer(text=text, call=call)
