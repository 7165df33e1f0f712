"""What one case asks of every model: calls and tokens, at the least and at the most, from prompts really rendered."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from benchmarks.docket import Docket
from jury.asking import opening
from jury.ballots import ballot_form
from jury.gateway.answers.structured import REPAIR
from jury.gateway.spending.lengths import prompt_tokens, text_tokens
from jury.hashing import canonical_json
from jury.panel import Seat, panel_seats, seating, seats_of
from jury.providers import provider_of
from jury.records import Answer, Ballot, Case, Juror, Message, Outcome, Target, Transcript
from jury.rendering import Peer, Renderer
from jury.topology import hearing
from jury.wrapping import Wrapper

#: Tokens that the reason for a repair question may take.
REASON = 200

#: Tokens of the shortest answer there can be.
SHORTEST = 1


@dataclass(frozen=True)
class Load:
    """Calls, and tokens in and out."""

    calls: float = 0
    input_tokens: float = 0
    output_tokens: float = 0

    def __add__(self, other: "Load") -> "Load":
        return Load(
            self.calls + other.calls, self.input_tokens + other.input_tokens, self.output_tokens + other.output_tokens
        )

    def __mul__(self, times: float) -> "Load":
        return Load(self.calls * times, self.input_tokens * times, self.output_tokens * times)


@dataclass(frozen=True)
class Demand:
    """The least and the most that is asked of a model."""

    least: Load = Load()
    most: Load = Load()

    def __add__(self, other: "Demand") -> "Demand":
        return Demand(self.least + other.least, self.most + other.most)

    def __mul__(self, times: float) -> "Demand":
        return Demand(self.least * times, self.most * times)


@dataclass(frozen=True)
class Reckoner:
    """Reckons what cases ask of models, without asking any.

    At the least every answer is one token long, fits its form, and jurors agree at once where that ends a trial. At
    the most every answer is as long as it may be, every ballot needs every remedy, and every round is held.
    A `target` is asked with its `wrapper`; without one, a case was answered as `transcript` says.
    """

    docket: Docket
    renderer: Renderer
    target: Target | None = None
    wrapper: Wrapper | None = None
    transcript: Callable[[Case], Transcript] = Transcript.recorded

    def of_case(self, case: Case) -> dict[str, Demand]:
        """The demand of one case, by model."""
        demands: dict[str, Demand] = defaultdict(Demand)
        for model, demand in (*self._target(case), *self._jury(self._transcript(case))):
            demands[model] += demand
        return demands

    def _target(self, case: Case) -> Iterator[tuple[str, Demand]]:
        return target_demand(self.target, self.wrapper, case) if self.target and self.wrapper else iter(())

    def _transcript(self, case: Case) -> Transcript:
        """What jurors would be shown, with empty answers where the target has still to give them."""
        if self.target is None:
            return self.transcript(case)
        return Transcript(case=case, target=self.target.model, answers=tuple(Answer() for _ in case.turns))

    def _jury(self, transcript: Transcript) -> Iterator[tuple[str, Demand]]:
        if transcript.problem is not None:
            return
        for seat in self._seats:
            yield from self._seat(seat, transcript)
        yield from self._tie_break(transcript)
        if self.docket.jury.protocol.summary:
            yield self._summary(transcript)

    def _seat(self, seat: Seat, transcript: Transcript) -> Iterator[tuple[str, Demand]]:
        jury = self.docket.jury
        sealed = self.renderer.assess(seat, transcript, jury).messages
        yield self._ballot(seat, _Shown(sealed, self._answers(transcript)), 1, 1)
        fewest, held = self._rounds
        if not held:
            return
        heard = self._heard(seat, transcript)
        shown = self.renderer.deliberate(
            seat, transcript, jury, index=1, own=self._blank(seat), heard=self._peers(heard)
        ).messages
        words = _Shown(shown, self._answers(transcript) + _longest((seat, *heard)))
        yield self._ballot(seat, words, fewest, held)
        if jury.protocol.reballot == "sealed":
            yield self._ballot(seat, words, min(fewest, 1), 1)

    def _tie_break(self, transcript: Transcript) -> Iterator[tuple[str, Demand]]:
        jury, by = self.docket.jury, self.docket.jury.rule.tie_break
        if by == "alternate":
            (seat, *_) = seats_of(jury.panel.alternates)
            sealed = self.renderer.assess(seat, transcript, jury).messages
            yield self._ballot(seat, _Shown(sealed, self._answers(transcript)), 0, 1)
        elif by == "foreperson":
            peers = self._peers(self._seats)
            shown = self.renderer.reballot(self._foreperson, transcript, jury, own=None, heard=peers).messages
            words = _Shown(shown, self._answers(transcript) + _longest(self._seats))
            yield self._ballot(self._foreperson, words, 0, 1)

    def _summary(self, transcript: Transcript) -> tuple[str, Demand]:
        seat, outcome = self._foreperson, Outcome(state="hung")
        shown = self.renderer.summarise(
            seat, transcript, self.docket.jury, ballots=self._peers(self._seats), outcome=outcome
        )
        asked, longest = prompt_tokens(shown.messages), seat.juror.max_tokens
        full = asked + self._answers(transcript) + _longest(self._seats)
        return seat.juror.model, Demand(Load(1, asked, SHORTEST), Load(1, full, longest))

    def _ballot(self, seat: Seat, shown: "_Shown", fewest: int, most: int) -> tuple[str, Demand]:
        """A ballot that is asked for so many times."""
        asked = prompt_tokens(shown.messages) + self._form
        least = Load(1, asked, SHORTEST) * fewest
        return seat.juror.model, Demand(least, with_remedies(seat.juror, asked + shown.to_come) * most)

    def _answers(self, transcript: Transcript) -> int:
        """The most tokens that the target's answers, yet to be given, add to a prompt."""
        return self.target.max_tokens * len(transcript.answers) if self.target else 0

    def _heard(self, seat: Seat, transcript: Transcript) -> tuple[Seat, ...]:
        circle = seating(self._seats, transcript.exhibits_hash)
        heard = hearing(self.docket.jury.protocol.topology, tuple(one.id for one in circle))[seat.id]
        return tuple(one for one in circle if one.id in heard)

    def _peers(self, seats: tuple[Seat, ...]) -> list[Peer]:
        return [Peer(f"A ({seat.juror.role})", self._blank(seat)) for seat in seats]

    def _blank(self, seat: Seat) -> Ballot:
        rubric = self.docket.jury.rubric
        rating = float(rubric.rating.high) if rubric.rating else None
        return Ballot(seat=seat.id, juror=seat.name, state="cast", choice=rubric.choices[0], rating=rating)

    @cached_property
    def _seats(self) -> tuple[Seat, ...]:
        return panel_seats(self.docket.jury.panel)

    @cached_property
    def _foreperson(self) -> Seat:
        named = self.docket.jury.panel.foreperson
        return seats_of((named,))[0] if named else self._seats[0]

    @cached_property
    def _rounds(self) -> tuple[int, int]:
        """How many rounds of deliberation are held at the least and at the most."""
        protocol = self.docket.jury.protocol
        return protocol.rounds if protocol.settled is None else 0, protocol.rounds

    @cached_property
    def _form(self) -> int:
        """Tokens of the ballot's schema, which travels with the question."""
        return text_tokens(canonical_json(ballot_form(self.docket.jury.rubric).schema).decode())


def target_demand(target: Target, wrapper: Wrapper, case: Case) -> Iterator[tuple[str, Demand]]:
    """The demand of one case on its target, turn by turn."""
    messages, longest = opening(target), target.max_tokens
    for earlier, turn in enumerate(case.turns):
        messages = (*messages, Message(role="user", parts=wrapper.around(turn, case.language)))
        asked = prompt_tokens(messages)
        least = Load(1, asked + earlier * SHORTEST, SHORTEST)
        yield target.model, Demand(least, Load(1, asked + earlier * longest, longest))


@dataclass(frozen=True)
class _Shown:
    """A prompt, and how many tokens of words not yet spoken it will hold at the most."""

    messages: tuple[Message, ...]
    to_come: int


def _longest(seats: tuple[Seat, ...]) -> int:
    return sum(seat.juror.max_tokens for seat in seats)


def with_remedies(juror: Juror, asked: int) -> Load:
    """A question, and whatever is asked again: with room for twice as long an answer, and once more for repair."""
    longest, provider = juror.max_tokens, provider_of(juror.model)
    question = Load(1, asked, longest)
    if provider is not None and not provider.repairable:
        return question
    roomier = Load(1, asked, 2 * longest)
    repair = Load(1, asked + 2 * longest + text_tokens(REPAIR) + REASON, 2 * longest)
    return question + roomier + repair
