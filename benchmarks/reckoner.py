"""What one case asks of every model, from prompts really rendered."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from benchmarks.demand import SHORTEST, Demand, Load, target_demand, with_remedies
from benchmarks.docket import Docket
from jury.ballots import ballot_form
from jury.forums import speeches_of
from jury.gateway.answers.repairing import RepairWriter
from jury.gateway.spending.lengths import prompt_tokens, text_tokens
from jury.hashing import canonical_json
from jury.panel import Seat, foreperson, officer, panel_seats, seating, seats_of
from jury.records import Answer, Ballot, Case, Message, Office, Outcome, Statement, Target, Transcript
from jury.rendering import Peer, Renderer
from jury.topology import hearing
from jury.wrapping import Wrapper


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
        if not transcript.judgeable:
            return
        yield from self._scout(transcript)
        for place, seat in enumerate(seating(self._seats, transcript.exhibits_hash)):
            yield from self._seat(seat, transcript, place)
        yield from self._forum(transcript)
        yield from self._tie_break(transcript)
        if self.docket.jury.protocol.summary:
            yield self._summary(transcript)

    def _scout(self, transcript: Transcript) -> Iterator[tuple[str, Demand]]:
        """The ballot of a scout who has no seat: one who has is not asked again."""
        jury = self.docket.jury
        scout = officer(jury.panel, "scout")
        if jury.protocol.screen is not None and scout.id not in {seat.id for seat in self._seats}:
            sealed = self.renderer.assess(scout, transcript, jury).messages
            yield self._ballot(scout, _Shown(sealed, self._answers(transcript)), 1, 1)

    def _seat(self, seat: Seat, transcript: Transcript, place: int) -> Iterator[tuple[str, Demand]]:
        """The ballots of one seat, which is that `place` around the table."""
        jury = self.docket.jury
        sealed = self.renderer.assess(seat, transcript, jury).messages
        yield self._ballot(seat, _Shown(sealed, self._answers(transcript)), self._surely_asked(seat, place), 1)
        fewest, held = self._rounds
        if not held:
            return
        words = self._argued(seat, transcript)
        yield self._ballot(seat, words, fewest, held)
        if jury.protocol.reballot == "sealed":
            yield self._ballot(seat, words, min(fewest, 1), 1)

    def _surely_asked(self, seat: Seat, place: int) -> int:
        """1 for a seat that votes whatever others vote, 0 for one that a sure scout or an early outcome may spare."""
        jury = self.docket.jury
        if jury.protocol.screen is not None:
            return int(seat.id == officer(jury.panel, "scout").id)
        return int(jury.protocol.opening == "at_once" or place == 0)

    def _argued(self, seat: Seat, transcript: Transcript) -> "_Shown":
        """What a seat is shown in a round of deliberation: the last of them, where what it hears adds up."""
        jury, own = self.docket.jury, self._blank(seat)
        if jury.protocol.forum is not None:
            said = [Statement(seat=who, speaker=who, text="…") for who, _ in speeches_of(jury.protocol)]
            shown = self.renderer.weigh(seat, transcript, jury, index=1, own=own, said=said).messages
            longest = self._longest_speeches + seat.juror.max_tokens
        else:
            heard = self._heard(seat, transcript)
            shown = self.renderer.deliberate(
                seat, transcript, jury, index=1, own=own, heard=self._peers(heard)
            ).messages
            longest = _longest((seat, *heard * self._rounds_heard))
        return _Shown(shown, self._answers(transcript) + longest)

    def _forum(self, transcript: Transcript) -> Iterator[tuple[str, Demand]]:
        """What those say who speak in the protocol's forum: an officer surely, a juror only if it is its turn."""
        jury, (fewest, most) = self.docket.jury, self._rounds
        speeches = speeches_of(jury.protocol)
        spoken = [(self._speaker(speaker), act, fewest) for speaker, act in speeches if speaker in get_args(Office)]
        spoken += [
            (seat, act, 0) for speaker, act in speeches if speaker not in get_args(Office) for seat in self._seats
        ]
        for seat, act, surely in spoken:
            shown = self.renderer.speak(act, seat, transcript, jury, index=1, ballots=self._peers(self._seats))
            asked, longest = prompt_tokens(shown.messages), seat.juror.max_tokens
            full = asked + self._answers(transcript) + _longest(self._seats) + self._longest_speeches
            yield seat.juror.model, Demand(Load(1, asked, SHORTEST) * surely, Load(1, full, longest) * most)

    def _speaker(self, speaker: str) -> Seat:
        """An officer; where any juror may speak, the one whose words are the longest."""
        office = next((one for one in get_args(Office) if one == speaker), None)
        if office is not None:
            return officer(self.docket.jury.panel, office)
        return max(self._seats, key=lambda seat: seat.juror.max_tokens)

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
        return seat.juror.model, Demand(least, with_remedies(seat.juror, asked + shown.to_come, self._repair) * most)

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
        return foreperson(self.docket.jury.panel)

    @cached_property
    def _rounds(self) -> tuple[int, int]:
        """How many rounds of deliberation are held at the least and at the most."""
        protocol = self.docket.jury.protocol
        sure = protocol.settled is None and not protocol.stops and protocol.screen is None
        return protocol.rounds if sure and protocol.opening == "at_once" else 0, protocol.rounds

    @cached_property
    def _rounds_heard(self) -> int:
        """The rounds whose ballots a juror is shown at one time."""
        protocol = self.docket.jury.protocol
        return protocol.rounds if protocol.speaking == "in_turn" else 1

    @cached_property
    def _longest_speeches(self) -> int:
        """The most tokens of all that is said in the protocol's forum."""
        protocol = self.docket.jury.protocol
        return self._rounds[1] * sum(self._speaker(who).juror.max_tokens for who, _ in speeches_of(protocol))

    @cached_property
    def _form(self) -> int:
        """Tokens of the ballot's schema, which travels with the question."""
        return text_tokens(canonical_json(ballot_form(self.docket.jury.rubric).schema).decode())

    @cached_property
    def _repair(self) -> int:
        """Tokens of the question that is asked where a ballot can't be read."""
        return text_tokens(RepairWriter(self.renderer.library).longest(ballot_form(self.docket.jury.rubric)))


@dataclass(frozen=True)
class _Shown:
    """A prompt, and how many tokens of words not yet spoken it will hold at the most."""

    messages: tuple[Message, ...]
    to_come: int


def _longest(seats: tuple[Seat, ...]) -> int:
    return sum(seat.juror.max_tokens for seat in seats)
