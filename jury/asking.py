"""Asking the target: turn by turn, each answer part of the next question."""

from dataclasses import dataclass

from jury.clerk.senses import senses_of, takes
from jury.gateway.answers.structured import spoken
from jury.gateway.call import Gateway
from jury.providers import is_rehearsal
from jury.records import (
    MEDIA_KINDS,
    Answer,
    Answered,
    Asked,
    Case,
    Cause,
    Completion,
    Delivery,
    Hindrance,
    MediaKind,
    Message,
    Request,
    Target,
    TextPart,
    Usage,
)
from jury.tracing import agent_span
from jury.usage import in_turn
from jury.withheld import cause_of, given, lacking_of, refused_in, without
from jury.wrapping import Wrapper


@dataclass(frozen=True)
class Interview:
    """A target and how it is asked: it holds for all cases of a run and knows nothing of any of them.

    A case with an image or a clip that the target can't be shown is not asked, unless `ask_without` says so: then the
    target is told what it is not given.
    """

    gateway: Gateway
    target: Target
    wrapper: Wrapper
    ask_without: bool = False

    async def ask(self, case: Case) -> Answered:
        """The answers to a case. One that failed or was blocked has its cause, and the turns after it are not asked."""
        if case.problem is not None:
            return self.unanswered(case, case.problem)
        unable = self._unable
        lacking = lacking_of(case, unable)
        if lacking and not self.ask_without:
            cause = cause_of(case, lacking, self.target.model)
            return self._answered(case, (Answer(state="invalid", cause=cause),), Usage(), lacking)
        messages = opening(self.target)
        hindered: dict[MediaKind, Hindrance] = dict.fromkeys(unable, "unable")
        answers: list[Answer] = []
        usages: list[Usage] = []
        exhibits: tuple[Delivery, ...] = ()
        for turn in case.turns:
            messages = (*messages, Message(role="user", parts=self.wrapper.around(turn, case.language)))
            key, completion = await self._complete(case, without(messages, hindered))
            if self.ask_without and (refused := refused_in(completion)):
                hindered |= refused
                key, completion = await self._complete(case, without(messages, hindered))
            answers.append(kept_answer(completion, key))
            usages.append(completion.usage)
            exhibits = completion.exhibits
            if not answers[-1].text:
                break
            messages = (*messages, Message(role="assistant", parts=(TextPart(text=answers[-1].text),)))
        return self._answered(
            case, tuple(answers), in_turn(usages), given(case, exhibits, whole=bool(answers[-1].text))
        )

    def unanswered(self, case: Case, cause: Cause) -> Answered:
        """What is recorded where a case ended before its target had answered."""
        return self._answered(case, (Answer(state="invalid", cause=cause),), Usage(), ())

    @property
    def _unable(self) -> tuple[MediaKind, ...]:
        """The kinds of exhibits that the target does not take, as far as is known by now."""
        senses = senses_of(self.gateway.transport)(self.target.model, self.target.api_base)
        return tuple(kind for kind in MEDIA_KINDS if not takes(senses, kind))

    async def _complete(self, case: Case, messages: tuple[Message, ...]) -> tuple[str | None, Completion]:
        """What came of a question, and its call's key, None where none was made."""
        request = Request.by(self.target, messages, item=case.id)
        with agent_span("target", self.target.model, "target"):
            asked, completion = await self.gateway.complete(request, lane=case.id)
        return asked.key if completion.asked else None, completion

    def _answered(
        self, case: Case, answers: tuple[Answer, ...], usage: Usage, exhibits: tuple[Delivery, ...]
    ) -> Answered:
        return Answered(
            case_id=case.id,
            case_hash=case.content_hash,
            target=self.target.model,
            asked=Asked.of(self.target, self.wrapper.ref(case.language)),
            answers=answers,
            usage=usage,
            exhibits=exhibits,
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
