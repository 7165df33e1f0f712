"""What jurors and officers say: each speech act renders a prompt, asks the model, and reads the reply."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from jury.ballots import Vote, ballot_form, ballot_of
from jury.briefs import brief_of, is_briefed
from jury.clerk import Clerk, read_by
from jury.errors import InputError
from jury.gateway.answers.form import Form
from jury.gateway.call import Gateway
from jury.panel import Seat, foreperson, officer, panel_seats, seats_of
from jury.providers.human import is_human
from jury.records import (
    Ballot,
    Completion,
    Jury,
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
        transcript = await self._fitted(seat, transcript)
        return await self._vote(seat, transcript, self.renderer.assess(seat, transcript, self.jury))

    async def deliberate(
        self, seat: Seat, transcript: Transcript, *, index: int, own: Ballot, heard: Sequence[Peer]
    ) -> Spoken:
        """A juror's position in round `index`, after hearing others."""
        transcript = await self._fitted(seat, transcript)
        speech = self.renderer.deliberate(seat, transcript, self.jury, index=index, own=own, heard=heard)
        return await self._vote(seat, transcript, speech)

    async def reballot(
        self, seat: Seat, transcript: Transcript, *, own: Ballot | None, heard: Sequence[Peer]
    ) -> Spoken:
        """A sealed ballot at the end of deliberation; `own` is None for a foreperson who has no seat."""
        transcript = await self._fitted(seat, transcript)
        speech = self.renderer.reballot(seat, transcript, self.jury, own=own, heard=heard)
        return await self._vote(seat, transcript, speech)

    async def weigh(
        self, seat: Seat, transcript: Transcript, *, index: int, own: Ballot, said: Sequence[Statement]
    ) -> Spoken:
        """A juror's ballot in round `index`, after what was said in its forum."""
        transcript = await self._fitted(seat, transcript)
        return await self._vote(
            seat, transcript, self.renderer.weigh(seat, transcript, self.jury, index=index, own=own, said=said)
        )

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
        transcript = await self._fitted(seat, transcript)
        speech = self.renderer.speak(
            act, seat, transcript, self.jury, index=index, ballots=ballots, said=said, exhibits=exhibits
        )
        request = Request.by(seat.juror, speech.messages, sample=seat.sample, item=transcript.case.id)
        with agent_span(called, seat.juror.model, speech.template.name):
            reply = await self.gateway.say(request, lane=transcript.case.id)
        statement = Statement(
            seat=who or seat.id,
            speaker=called,
            text=reply.parsed or "",
            cause=reply.error,
            template=speech.template,
            calls=reply.keys,
        )
        return Said(statement, reply.usage)

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
        await self.gateway.enter(wanted, Completion(text=said, finish_reason="stop"))

    async def _fitted(self, seat: Seat, transcript: Transcript) -> Transcript:
        """The transcript as this juror is handed it: what it can't see or hear, a clerk puts into words."""
        if self.clerk is None or not self.jury.protocol.jurors_see_media:
            return transcript
        return await self.clerk.fitted(transcript, seat.juror.model)

    async def _vote(self, seat: Seat, transcript: Transcript, speech: Speech) -> Spoken:
        request = Request.by(seat.juror, speech.messages, sample=seat.sample, item=transcript.case.id)
        if is_briefed(seat.juror.model):
            request = request.but(brief=brief_of(transcript, self.jury.rubric, self.renderer.screen))
        if is_human(seat.juror.model):
            await self._ask_by_hand(seat, request)
        with agent_span(seat.name, seat.juror.model, speech.template.name) as span:
            reply = await self.gateway.ask(request, self.form, lane=transcript.case.id)
            ballot = ballot_of(seat, reply, speech.template, read_by(transcript))
            note_ballot(span, ballot)
        return Spoken(ballot, reply.usage)
