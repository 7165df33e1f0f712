"""Prompts: what a juror is told and shown in each speech act, the same bytes on every replay."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jury.errors import InputError
from jury.exhibits import (
    OWN,
    Fence,
    Peer,
    attachments,
    fence_for,
    hostile_texts,
    shown_ballot,
    shown_statement,
    shown_turns,
)
from jury.panel import Seat, place_name
from jury.records import (
    Ballot,
    Jury,
    Message,
    Outcome,
    Part,
    Role,
    Rubric,
    Statement,
    TemplateRef,
    TextPart,
    Transcript,
)
from jury.roles import load_role
from jury.sandbox import Sandbox
from jury.screening import USUAL, Screen
from prompts import Library

__all__ = ["Peer", "Renderer", "Speech"]


@dataclass(frozen=True)
class Speech:
    """What is put to a juror, and the template it was made with."""

    messages: tuple[Message, ...]
    template: TemplateRef


@dataclass(frozen=True)
class _Occasion:
    """One speech in the making: who speaks on what, in which language, behind which fence."""

    act: str
    seat: Seat
    transcript: Transcript
    jury: Jury
    language: str
    fence: Fence


class Renderer:
    """Renders speeches from a library's templates.

    Nothing of a case but its exhibits is ever shown: not its id, target, labels or metadata. The language is the
    case's where the library has it, else English. Every method raises `InputError` that names the template, role
    or rubric at fault. `speaker` is the folder with the templates of those who vote, `sandbox` renders in the place of
    the library's own, `screen` is what stands between jurors and what others wrote.
    """

    def __init__(
        self,
        library: Library,
        secret: str,
        speaker: str = "juror",
        sandbox: Sandbox | None = None,
        screen: Screen = USUAL,
    ) -> None:
        self.screen = screen
        self.library = library
        self._secret = secret
        self._speaker = speaker
        self._sandbox = sandbox or Sandbox(library)
        self._languages = frozenset(library.languages())
        self._roles: dict[str, Role] = {}
        self._system: dict[tuple[str, ...], Message] = {}

    def assess(self, seat: Seat, transcript: Transcript, jury: Jury) -> Speech:
        """The exhibits, for a first sealed ballot."""
        occasion = self._occasion(f"{self._speaker}/assess", seat, transcript, jury)
        return self._ballot_speech(occasion, {})

    def deliberate(
        self, seat: Seat, transcript: Transcript, jury: Jury, *, index: int, own: Ballot, heard: Sequence[Peer]
    ) -> Speech:
        """The exhibits, the juror's last ballot and what its peers said, in the order given; `index` is the round's."""
        ballots = (own, *(peer.ballot for peer in heard))
        occasion = self._occasion(f"{self._speaker}/deliberate", seat, transcript, jury, ballots, index)
        return self._ballot_speech(occasion, _discussion(occasion, own, heard))

    def reballot(
        self, seat: Seat, transcript: Transcript, jury: Jury, *, own: Ballot | None, heard: Sequence[Peer]
    ) -> Speech:
        """The same for the final sealed ballot, or a foreperson's tie-break (`own` is None without a seat)."""
        ballots = (*([own] if own else []), *(peer.ballot for peer in heard))
        occasion = self._occasion(f"{self._speaker}/reballot", seat, transcript, jury, ballots)
        return self._ballot_speech(occasion, _discussion(occasion, own, heard))

    def weigh(
        self, seat: Seat, transcript: Transcript, jury: Jury, *, index: int, own: Ballot, said: Sequence[Statement]
    ) -> Speech:
        """The exhibits, the juror's last ballot and what was said in the forum of round `index`, for another ballot."""
        occasion = self._occasion(f"{self._speaker}/weigh", seat, transcript, jury, (own,), index, said)
        shown = [shown_statement(one, occasion.fence) for one in said]
        return self._ballot_speech(occasion, {**_discussion(occasion, own, ()), "speeches": shown})

    def speak(
        self,
        act: str,
        seat: Seat,
        transcript: Transcript,
        jury: Jury,
        *,
        index: int,
        ballots: Sequence[Peer] = (),
        said: Sequence[Statement] = (),
        exhibits: bool = True,
    ) -> Speech:
        """What is put to a speaker of the forum of round `index`; `act` is a template such as `advocate/argue`.

        It is handed ballots, what was said before and the names of the places around the table as well as the exhibits;
        its template shows what it needs. Images and clips are attached unless it has no use for `exhibits`.
        """
        occasion = self._occasion(act, seat, transcript, jury, tuple(peer.ballot for peer in ballots), index, said)
        ratings = jury.protocol.show_ratings
        values = {
            "statements": [shown_ballot(peer, occasion.fence, rating=ratings) for peer in ballots],
            "speeches": [shown_statement(one, occasion.fence) for one in said],
            "places": [place_name(at) for at in range(len(jury.panel.seats))],
        }
        return self._ballot_speech(occasion, values, attached=exhibits)

    def summarise(
        self, seat: Seat, transcript: Transcript, jury: Jury, *, ballots: Sequence[Peer], outcome: Outcome
    ) -> Speech:
        """The final ballots and the outcome already decided, for the foreperson to put into words."""
        occasion = self._occasion(
            "foreperson/summarise", seat, transcript, jury, tuple(peer.ballot for peer in ballots)
        )
        values = {
            "statements": [shown_ballot(peer, occasion.fence) for peer in ballots],
            "outcome": {"state": outcome.state, "choice": outcome.choice or "none"},
        }
        return self._speech(occasion, values, ())

    def _occasion(
        self,
        act: str,
        seat: Seat,
        transcript: Transcript,
        jury: Jury,
        ballots: tuple[Ballot, ...] = (),
        index: int = 0,
        said: Sequence[Statement] = (),
    ) -> _Occasion:
        base = transcript.case.language.partition("-")[0]
        spoken = (*(ballot.reasoning for ballot in ballots), *(one.text for one in said))
        hostile = [*hostile_texts(transcript), *spoken]
        speech_act = act.rpartition("/")[2]
        place = (transcript.exhibits_hash, speech_act, index, seat.id)
        fence = fence_for(self._secret, hostile, *place, screen=self.screen)
        return _Occasion(act, seat, transcript, jury, base if base in self._languages else "en", fence)

    def _ballot_speech(self, occasion: _Occasion, discussion: dict[str, Any], attached: bool = True) -> Speech:
        transcript, media = occasion.transcript, occasion.jury.protocol.jurors_see_media
        values = {
            "turns": shown_turns(transcript, occasion.fence, media=media),
            "scale": _scale(occasion.jury.rubric),
            **discussion,
        }
        return self._speech(occasion, values, attachments(transcript) if media and attached else ())

    def _speech(self, occasion: _Occasion, values: dict[str, Any], attached: tuple[Part, ...]) -> Speech:
        template = self._sandbox.ref(occasion.act, occasion.language)
        text = self._sandbox.text(occasion.act, occasion.language, values)
        user = Message(role="user", parts=(TextPart(text=text), *attached))
        return Speech((self._opening(occasion), user), template)

    def _opening(self, occasion: _Occasion) -> Message:
        """The system message: the same for every case of a role, rubric and language, so made once."""
        speaker, rubric, language = occasion.act.rpartition("/")[0], occasion.jury.rubric, occasion.language
        role = occasion.seat.juror.role
        key = (speaker, role, rubric.content_hash, language)
        if key not in self._system:
            values = {**_persona(self._role(role), language), **_question(rubric, language)}
            text = self._sandbox.text(f"{speaker}/system", language, values)
            self._system[key] = Message(role="system", parts=(TextPart(text=text),))
        return self._system[key]

    def _role(self, name: str) -> Role:
        if name not in self._roles:
            self._roles[name] = load_role(name, self.library)
        return self._roles[name]


def _discussion(occasion: _Occasion, own: Ballot | None, heard: Sequence[Peer]) -> dict[str, Any]:
    fence, ratings = occasion.fence, occasion.jury.protocol.show_ratings
    return {
        "own": [shown_ballot(Peer(OWN, own), fence)] if own else [],
        "statements": [shown_ballot(peer, fence, rating=ratings) for peer in heard],
    }


def _persona(role: Role, language: str) -> dict[str, Any]:
    return {"title": role.title[language], "persona": role.persona[language]}


def _question(rubric: Rubric, language: str) -> dict[str, Any]:
    if language not in rubric.question:
        raise InputError(f"rubric {rubric.name!r} has no `question` in language {language!r}; add one")
    meanings = rubric.meanings.get(language, {})
    return {
        "question": rubric.question[language],
        "choices": [{"name": choice, "meaning": meanings.get(choice, "")} for choice in rubric.choices],
        "criteria": rubric.criteria.get(language, ()),
        "scale": _scale(rubric),
    }


def _scale(rubric: Rubric) -> dict[str, Any] | None:
    scale = rubric.rating
    return {"low": scale.low, "high": scale.high, "best": scale.best} if scale else None
