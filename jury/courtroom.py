"""What jurors and officers say: each speech act renders a prompt, asks the model, and reads the reply."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from jury.ballots import Vote, ballot_form, ballot_of
from jury.briefs import brief_of, is_briefed
from jury.clerk import Clerk, clerk_calls, read_by
from jury.errors import InputError
from jury.exhibits import delivered
from jury.gateway.answers.form import Form
from jury.gateway.answers.structured import together
from jury.gateway.call import Gateway
from jury.gateway.reply import Reply
from jury.panel import Seat, foreperson, officer, panel_seats, seats_of
from jury.providers import provider_of
from jury.providers.human import is_human
from jury.records import (
    Ballot,
    Completion,
    Delivery,
    Hindrance,
    Jury,
    MediaKind,
    Office,
    Outcome,
    Request,
    Rubric,
    Statement,
    Summary,
    Transcript,
    Usage,
)
from jury.rendering import Peer, Renderer, Speech
from jury.tracing import agent_span, note_ballot

T = TypeVar("T")


@dataclass(frozen=True)
class Spoken:
    """A ballot and what asking for it cost."""

    ballot: Ballot
    usage: Usage


@dataclass(frozen=True)
class Said:
    """A statement in a forum and what asking for it cost."""

    statement: Statement
    usage: Usage


@dataclass(frozen=True)
class Question:
    """What a person on the panel is asked: the messages that any juror in the seat would be sent, and what may be chosen."""

    juror: str
    request: Request
    rubric: Rubric


@dataclass(frozen=True)
class Courtroom:
    """One jury with its means: it holds for all cases of a run and knows nothing of any of them."""

    jury: Jury
    gateway: Gateway
    renderer: Renderer
    clerk: Clerk | None = None
    hand: Callable[[Question], str] | None = None

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """The voting seats in canonical order."""
        return panel_seats(self.jury.panel)

    @cached_property
    def alternate(self) -> Seat:
        """Who votes when a hung jury calls for an alternate: the first of the alternates, in canonical order."""
        return seats_of(self.jury.panel.alternates)[0]

    @cached_property
    def foreperson(self) -> Seat:
        """Who writes the verdict's reasoning: the panel's own foreperson, else the first seat in canonical order."""
        return foreperson(self.jury.panel)

    def officer(self, office: Office) -> Seat:
        """Who holds an office: whom the panel names, else the foreperson's model in a role of the office's name."""
        return officer(self.jury.panel, office)

    @cached_property
    def form(self) -> Form[Vote]:
        """The ballot's form."""
        return ballot_form(self.jury.rubric)

    async def assess(self, seat: Seat, transcript: Transcript) -> Spoken:
        """A sealed ballot on the exhibits alone."""
        return await self._vote(seat, transcript, lambda fitted: self.renderer.assess(seat, fitted, self.jury))

    async def deliberate(
        self, seat: Seat, transcript: Transcript, *, index: int, own: Ballot, heard: Sequence[Peer]
    ) -> Spoken:
        """A juror's position in round `index`, after hearing others."""

        def speech(fitted: Transcript) -> Speech:
            return self.renderer.deliberate(seat, fitted, self.jury, index=index, own=own, heard=heard)

        return await self._vote(seat, transcript, speech)

    async def reballot(
        self, seat: Seat, transcript: Transcript, *, own: Ballot | None, heard: Sequence[Peer]
    ) -> Spoken:
        """A sealed ballot at the end of deliberation; `own` is None for a foreperson who has no seat."""
        return await self._vote(
            seat, transcript, lambda fitted: self.renderer.reballot(seat, fitted, self.jury, own=own, heard=heard)
        )

    async def weigh(
        self, seat: Seat, transcript: Transcript, *, index: int, own: Ballot, said: Sequence[Statement]
    ) -> Spoken:
        """A juror's ballot in round `index`, after what was said in its forum."""

        def speech(fitted: Transcript) -> Speech:
            return self.renderer.weigh(seat, fitted, self.jury, index=index, own=own, said=said)

        return await self._vote(seat, transcript, speech)

    async def state(
        self,
        act: str,
        seat: Seat,
        called: str,
        transcript: Transcript,
        *,
        index: int,
        ballots: Sequence[Peer] = (),
        said: Sequence[Statement] = (),
        exhibits: bool = True,
        who: str = "",
    ) -> Said:
        """What somebody says in the forum of round `index`, or the cause why it says nothing.

        `called` is what the jurors know the speaker by; `who` is its office, for one without a seat among them.
        """

        async def spoken(fitted: Transcript) -> tuple[Reply[str], Speech]:
            speech = self.renderer.speak(
                act, seat, fitted, self.jury, index=index, ballots=ballots, said=said, exhibits=exhibits
            )
            request = Request.by(seat.juror, speech.messages, sample=seat.sample, item=fitted.case.id)
            with agent_span(called, seat.juror.model, speech.template.name):
                return await self.gateway.say(request, lane=fitted.case.id), speech

        found = await self._understood(seat, transcript, spoken)
        statement = Statement(
            seat=who or seat.id,
            speaker=called,
            text=found.reply.parsed or "",
            cause=found.reply.error,
            template=found.speech.template,
            calls=found.reply.keys,
            clerk_calls=clerk_calls(found.transcript),
        )
        return Said(statement, found.reply.usage)

    async def summarise(
        self, transcript: Transcript, ballots: Sequence[Peer], outcome: Outcome
    ) -> tuple[Summary, Usage]:
        """The foreperson's words on an outcome that is decided already."""
        seat = self.foreperson
        speech = self.renderer.summarise(seat, transcript, self.jury, ballots=ballots, outcome=outcome)
        request = Request.by(seat.juror, speech.messages, item=transcript.case.id)
        with agent_span(seat.name, seat.juror.model, speech.template.name):
            reply = await self.gateway.say(request, lane=transcript.case.id)
        return Summary(juror=seat.name, text=reply.parsed or "", cause=reply.error, calls=reply.keys), reply.usage

    async def _ask_by_hand(self, seat: Seat, request: Request) -> None:
        """Have a person's ballot, as JSON, in the ledger before it is read as any other. Nobody is asked twice."""
        wanted = request.but(answer_schema=self.form.schema)
        if self.gateway.knows(wanted):
            return
        if self.hand is None:
            raise InputError(f"juror {seat.name!r} is a person, who can be asked in `jury deliberate` only")
        said = self.hand(Question(seat.name, wanted, self.jury.rubric))
        completion = Completion(text=said, finish_reason="stop", exhibits=request.delivered())
        await self.gateway.enter(wanted, completion)

    async def _understood(
        self, seat: Seat, transcript: Transcript, ask: Callable[[Transcript], Awaitable[tuple[Reply[T], Speech]]]
    ) -> "_Understood[T]":
        """What comes of asking a juror about a transcript that is fitted to it.

        A juror whose server refuses an image or a clip is asked once more, with that put into words.
        """
        fitted = await self._fitted(seat, transcript, ())
        reply, speech = await ask(fitted)
        kinds = {one.kind for one in reply.exhibits if one.state == "withheld"}
        if reply.error is None or reply.error.kind != "exhibit" or self.clerk is None or not kinds:
            return _Understood(reply, speech, fitted)
        hindrance = reply.exhibits[0].reason or "unable"
        fitted = await self._fitted(seat, transcript, kinds)
        again, speech = await ask(fitted)
        return _Understood(together([reply, again]), speech, fitted, hindrance)

    async def _fitted(self, seat: Seat, transcript: Transcript, without: Collection[MediaKind]) -> Transcript:
        """The transcript as this juror is handed it: what it can't see or hear, a clerk puts into words."""
        if self.clerk is None or not self.jury.protocol.jurors_see_media:
            return transcript
        return await self.clerk.fitted(transcript, seat.juror.model, seat.juror.api_base, without)

    async def _vote(self, seat: Seat, transcript: Transcript, render: Callable[[Transcript], Speech]) -> Spoken:
        async def asked(fitted: Transcript) -> tuple[Reply[Vote], Speech]:
            speech = render(fitted)
            request = Request.by(seat.juror, speech.messages, sample=seat.sample, item=fitted.case.id)
            if is_briefed(seat.juror.model):
                request = request.but(brief=brief_of(fitted, self.jury.rubric, self.renderer.screen))
            if is_human(seat.juror.model):
                await self._ask_by_hand(seat, request)
            with agent_span(seat.name, seat.juror.model, speech.template.name) as span:
                language = speech.template.language
                reply = await self.gateway.ask(request, self.form, lane=fitted.case.id, language=language)
                note_ballot(span, ballot_of(seat, reply, speech.template))
            return reply, speech

        found = await self._understood(seat, transcript, asked)
        clerk, exhibits = read_by(found.transcript), self._given(seat, found)
        ballot = ballot_of(seat, found.reply, found.speech.template, clerk, exhibits)
        asked_for = clerk_calls(found.transcript)
        return Spoken(ballot.but(clerk_calls=asked_for) if asked_for else ballot, found.reply.usage)

    def _given(self, seat: Seat, found: "_Understood[Vote]") -> tuple[Delivery, ...]:
        """What a juror was given of the exhibits; nothing is known of one who has voted elsewhere."""
        provider = provider_of(seat.juror.model)
        if provider is not None and provider.addressed:
            return ()
        media = self.jury.protocol.jurors_see_media
        return delivered(found.transcript, found.reply.exhibits, media=media, hindrance=found.hindrance)


@dataclass(frozen=True)
class _Understood(Generic[T]):
    """A juror's reply, what was put to it, and the transcript as it was handed it; `hindrance` is why not in full."""

    reply: Reply[T]
    speech: Speech
    transcript: Transcript
    hindrance: Hindrance = "unable"
