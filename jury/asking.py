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
        """The answers to a case. One that failed or was blocked has its cause, and the turns after it are not asked."""
        messages = opening(self.target)
        answers: list[Answer] = []
        usages: list[Usage] = []
        for turn in case.turns:
            messages = (*messages, Message(role="user", parts=self.wrapper.around(turn, case.language)))
            request = Request.by(self.target, messages, item=case.id)
            with agent_span("target", self.target.model, "target"):
                asked, completion = await self.gateway.complete(request, lane=case.id)
            answers.append(kept_answer(completion, asked.key if completion.asked else None))
            usages.append(completion.usage)
            if not answers[-1].text:
                break
            messages = (*messages, Message(role="assistant", parts=(TextPart(text=answers[-1].text),)))
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


def kept_answer(completion: Completion, call: str | None) -> Answer:
    """The answer a call amounts to, when it is made and whenever it is read again."""
    text, error = spoken(completion)
    if text is not None:
        return Answer(text=text, call=call, filtered=completion.filtered, cut_off=completion.cut_off)
    if completion.filtered is not None:
        return Answer(state="blocked", cause=error, filtered=completion.filtered, call=call)
    return Answer(state="invalid", cause=error, call=call)
