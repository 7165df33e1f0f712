"""What a template is handed of a transcript and of ballots: plain values, every hostile piece of them fenced."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, zip_longest
from typing import Any, Literal

from jury.hashing import keyed_digest
from jury.records import (
    DATA_SET,
    MEDIA_KINDS,
    Answer,
    AudioPart,
    Ballot,
    Case,
    Delivery,
    Hindrance,
    ImagePart,
    Part,
    Statement,
    TextPart,
    Transcript,
    Transcription,
)
from jury.screening import USUAL, Screen

Kind = Literal["PROMPT", "ANSWER", "DESCRIPTION", "SPOKEN", "STATEMENT", "PROPOSAL", "QUERY", "REPLY"]

#: What a juror's own ballot is called, in every language.
OWN = "you"


@dataclass(frozen=True)
class Peer:
    """A ballot, and what its juror is called before the one who hears it."""

    label: str
    ballot: Ballot


@dataclass(frozen=True)
class Fence:
    """The lines around a piece of hostile text. Whoever wrote it cannot guess the marker, so it can't close them."""

    marker: str
    screen: Screen = USUAL

    def around(self, kind: Kind, text: str) -> str:
        """The text between its fence lines, as the screen lets it be seen."""
        return str(self.shown(kind, text)["fenced"])

    def shown(self, kind: Kind, text: str) -> dict[str, Any]:
        """The same, with how many of its characters are written out, and how many left out."""
        seen = self.screen.seen(text)
        fenced = f"<<<{kind} {self.marker}\n{seen.text}\n{self.marker}>>>" if self.screen.fences else seen.text
        return {"fenced": fenced, "changes": {"written_out": seen.written_out, "left_out": seen.left_out}}


def fence_for(secret: str, hostile: Sequence[str], *place: str | int, screen: Screen = USUAL) -> Fence:
    """The fence of one speech, the same on every replay: its marker is keyed by the store's secret and the place.

    A juror may have quoted an earlier marker, so one that occurs in the hostile texts is passed over for the next.
    """
    shown = [screen.seen(text).text for text in hostile]
    marker, again = keyed_digest(secret, *place), 0
    while any(marker in text for text in shown):
        again += 1
        marker = keyed_digest(secret, *place, again)
    return Fence(marker, screen)


def hostile_texts(transcript: Transcript) -> Iterator[str]:
    """Every text of a transcript that somebody else wrote."""
    for turn in transcript.case.turns:
        yield from (part.words for part in turn.parts)
    yield from (answer.text for answer in transcript.answers)
    yield from (transcription.text for transcription in transcript.transcriptions)


def numbered(case: Case) -> list[list[tuple[int, Part]]]:
    """The parts of every turn with their numbers, which count through the whole case, each kind from 1."""
    numbers = {"text": count(1), "image": count(1), "audio": count(1)}
    return [[(next(numbers[part.kind]), part) for part in turn.parts] for turn in case.turns]


def shown_turns(transcript: Transcript, fence: Fence, *, media: bool) -> list[dict[str, Any]]:
    """The turns with their answers; images and clips are numbered through the whole case, each kind from 1."""
    turns = numbered(transcript.case)
    return [
        {
            "number": number,
            "parts": [
                _shown_part(part, place, fence, media, _read_out(transcript, part, place)) for place, part in parts
            ],
            "answer": _shown_answer(answer, fence),
        }
        for number, (parts, answer) in enumerate(zip_longest(turns, transcript.answers[: len(turns)]), start=1)
    ]


def attachments(transcript: Transcript) -> tuple[Part, ...]:
    """The images and clips themselves, in the order they are numbered, without the words that stand in for them.

    Left out are those a clerk put into words for the juror.
    """
    return tuple(
        type(part)(media=part.media)
        for place, part in chain.from_iterable(numbered(transcript.case))
        if not isinstance(part, TextPart) and part.media and not _read_out(transcript, part, place)
    )


def delivered(
    transcript: Transcript, sent: Sequence[Delivery], *, media: bool, hindrance: Hindrance = "unable"
) -> tuple[Delivery, ...]:
    """What a juror was given of every image and clip that the case has a file for, or should have one for.

    `sent` is what became of those attached to its request; `media` says whether the protocol shows jurors any,
    `hindrance` why exhibits were put into words for it.
    """
    arrived = {kind: iter([one for one in sent if one.kind == kind]) for kind in MEDIA_KINDS}
    found = []
    for number, part in chain.from_iterable(numbered(transcript.case)):
        if isinstance(part, TextPart) or not (part.media or part.problem):
            continue
        read = _read_out(transcript, part, number)
        if part.problem is not None or not media:
            found.append(
                Delivery.instead(part.kind, number, DATA_SET if part.words else "", part.hindrance or "hidden")
            )
        elif read:
            found.append(Delivery.instead(part.kind, number, ", ".join(one.by for one in read if one.by), hindrance))
        else:
            one = next(arrived[part.kind], None)
            found.append(one.but(number=number) if one else Delivery(kind=part.kind, number=number, state="unrecorded"))
    return tuple(found)


def shown_ballot(peer: Peer, fence: Fence, *, rating: bool = True) -> dict[str, Any]:
    """One ballot. An invalid one is nobody's opinion: it has no statement."""
    ballot = peer.ballot
    readable = ballot.state != "invalid"
    return {
        "label": " ".join(peer.label.split()),
        "choice": "abstain" if ballot.state == "abstain" else ballot.choice or "none",
        "rating": f"{ballot.rating:g}" if rating and ballot.rating is not None else "",
        "readable": readable,
        "fenced": fence.around("STATEMENT", ballot.reasoning) if readable else "",
    }


def shown_statement(statement: Statement, fence: Fence) -> dict[str, Any]:
    """What was said in a forum. Where a speaker failed there is nothing to show but that."""
    return {
        "label": " ".join(statement.speaker.split()),
        "readable": statement.cause is None,
        "fenced": fence.around("STATEMENT", statement.text) if statement.cause is None else "",
    }


def _read_out(transcript: Transcript, part: Part, place: int) -> list[Transcription]:
    return [one for one in transcript.transcriptions if (one.kind, one.number) == (part.kind, place)]


def _shown_part(part: Part, number: int, fence: Fence, media: bool, read: list[Transcription]) -> dict[str, Any]:
    words = part.words
    state = "text" if isinstance(part, TextPart) else _state(part, words, media, bool(read))
    bare = state in {"attached", "transcribed"} or not words
    shown = {"fenced": ""} if bare else fence.shown(_kind(part), words)
    cause = "" if isinstance(part, TextPart) or part.problem is None else part.problem.kind
    readings = [{"by": one.by, "fenced": fence.around(_kind(part), one.text) if one.text else ""} for one in read]
    return {
        "kind": part.kind, "number": number, "state": state, "cause": cause, "readings": readings, **shown,
    }  # fmt: skip


def _state(part: ImagePart | AudioPart, words: str, media: bool, read: bool) -> str:
    if part.problem is not None:
        return "unreadable"
    if part.media is not None and media:
        return "transcribed" if read else "attached"
    return "described" if words else "withheld"


def _shown_answer(answer: Answer | None, fence: Fence) -> dict[str, Any]:
    if answer is None:
        return {"state": "missing", "cause": "", "fenced": "", "ended": ""}
    if answer.cause is not None:
        return {"state": answer.state, "cause": answer.cause.kind, "fenced": "", "ended": ""}
    return {"state": "given", "cause": "", "ended": answer.ended, **fence.shown("ANSWER", answer.text)}


def _kind(part: Part) -> Kind:
    if isinstance(part, TextPart):
        return "PROMPT"
    return "DESCRIPTION" if isinstance(part, ImagePart) else "SPOKEN"
