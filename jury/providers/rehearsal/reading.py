"""Reads a rendered prompt back into what it shows: the exhibits, the peers, and what is asked for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Messages = Sequence[Mapping[str, Any]]
Language = Literal["en", "zh"]

ABSTAIN = "abstain"
#: Labels that are not a peer's, and the choice shown for a ballot that could not be read.
OWN, OUTCOME, UNREADABLE = "you", "outcome", "none"

_OPENING = re.compile(r"<<<([A-Z]+) ([0-9a-f]{32})")
_BALLOT = re.compile(r"\[(?P<label>.+?)\] choice=(?P<choice>.+?)(?: rating=-?\d+(?:\.\d+)?)?(?: state=(?P<state>\w+))?")
_SPEAKER = re.compile(r"\[[^\]]+\]")
_CHOICES = re.compile(r"^CHOICES: (.+)$", re.MULTILINE)
_RATING = re.compile(r"^RATING: (-?\d+)\.\.(-?\d+) best=(low|high)\b", re.MULTILINE)
_CHINESE = re.compile(r"[一-鿿]")
_PROMPT_KINDS = ("PROMPT", "DESCRIPTION", "SPOKEN")


@dataclass(frozen=True)
class RatingScale:
    """The rating asked for: whole numbers from `low` to `high`."""

    low: int
    high: int
    best: str


@dataclass(frozen=True)
class Statement:
    """A ballot shown in the prompt; `label` is `you` for the juror's own.

    The outcome has no text, and its state, such as `hung`, for a choice where it is not decided.
    """

    label: str
    choice: str
    text: str = ""


@dataclass(frozen=True)
class Reading:
    """What a prompt shows a juror. No `choices` means that plain text is asked for; `speeches` come without a vote.

    `speakers` are who made them, in the order of the speeches, and `places` those that may be called on to speak.
    """

    language: Language
    choices: tuple[str, ...]
    scale: RatingScale | None
    prompt: str
    answer: str
    own: Statement | None
    peers: tuple[Statement, ...]
    speeches: tuple[str, ...]
    speakers: tuple[str, ...]
    places: tuple[str, ...]
    outcome: str
    images: int
    clips: int
    asked_again: bool

    @property
    def options(self) -> tuple[str, ...]:
        """The choices without `abstain`."""
        return tuple(choice for choice in self.choices if choice != ABSTAIN)


@dataclass(frozen=True)
class _Fence:
    """Hostile text between two markers, and the last line above it."""

    kind: str
    text: str
    heading: str


def read_prompt(messages: Messages) -> Reading:
    """Everything a rehearsal juror knows. Lines inside a fence are never taken for instructions."""
    system = "\n".join(text_of(message) for message in messages if message["role"] == "system")
    user = "\n".join(text_of(message) for message in messages if message["role"] == "user")
    fences, open_lines = _fences(user)
    ballots = tuple(_statements(fences, open_lines))
    return Reading(
        language=language_of(system or "\n".join(open_lines)),
        choices=_choices(system),
        scale=_scale(system),
        prompt="\n".join(fence.text for fence in fences if fence.kind in _PROMPT_KINDS),
        answer="\n".join(fence.text for fence in fences if fence.kind == "ANSWER"),
        own=next((ballot for ballot in ballots if ballot.label == OWN), None),
        peers=tuple(ballot for ballot in ballots if ballot.label not in (OWN, OUTCOME)),
        speeches=tuple(fence.text for fence in fences if _SPEAKER.fullmatch(fence.heading.strip())),
        speakers=tuple(fence.heading.strip("[] ") for fence in fences if _SPEAKER.fullmatch(fence.heading.strip())),
        places=next((tuple(line[10:].split(" | ")) for line in open_lines if line.startswith("SPEAKERS: ")), ()),
        outcome=next((ballot.choice for ballot in ballots if ballot.label == OUTCOME), ""),
        images=count_parts(messages, "image_url"),
        clips=count_parts(messages, "input_audio"),
        asked_again=sum(message["role"] == "user" for message in messages) > 1,
    )


def unfenced(messages: Messages) -> str:
    """What the user's messages say outside of every fence: what a member of a committee is asked to do."""
    user = "\n".join(text_of(message) for message in messages if message["role"] == "user")
    return "\n".join(_fences(user)[1])


def fenced(messages: Messages, kind: str) -> tuple[str, ...]:
    """The texts behind the fences of a kind, in their order."""
    user = "\n".join(text_of(message) for message in messages if message["role"] == "user")
    return tuple(fence.text for fence in _fences(user)[0] if fence.kind == kind)


def text_of(message: Mapping[str, Any]) -> str:
    """The words of an OpenAI-form message, whether its content is a string or a list of parts."""
    content = message.get("content") or ""
    if isinstance(content, str):
        return content
    return "\n".join(part["text"] for part in content if part["type"] == "text")


def count_parts(messages: Messages, kind: str) -> int:
    """How many parts of a kind (`image_url`, `input_audio`) the messages carry."""
    contents = [message.get("content") or "" for message in messages]
    return sum(part["type"] == kind for content in contents if not isinstance(content, str) for part in content)


def language_of(text: str) -> Language:
    """`zh` if there is a Chinese character in it, else `en`."""
    return "zh" if _CHINESE.search(text) else "en"


def _fences(text: str) -> tuple[list[_Fence], list[str]]:
    """The fenced texts, and the lines outside of every fence."""
    fences: list[_Fence] = []
    open_lines: list[str] = []
    lines = iter(text.split("\n"))
    for line in lines:
        opening = _OPENING.fullmatch(line)
        if opening is None:
            open_lines.append(line)
        else:
            kind, marker = opening.groups()
            heading = next((earlier for earlier in reversed(open_lines) if earlier.strip()), "")
            fences.append(_Fence(kind, "\n".join(_until(f"{marker}>>>", lines)), heading))
    return fences, open_lines


def _until(closing: str, lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line == closing:
            return
        yield line


def _statements(fences: list[_Fence], open_lines: list[str]) -> Iterator[Statement]:
    """One statement per ballot line, with the words fenced below it, if there are any."""
    said = {fence.heading: fence.text for fence in fences if fence.kind == "STATEMENT"}
    for line in open_lines:
        ballot = _BALLOT.fullmatch(line.strip())
        if ballot:
            yield Statement(ballot["label"], ballot["state"] or ballot["choice"], said.get(line, ""))


def _choices(system: str) -> tuple[str, ...]:
    match = _CHOICES.search(system)
    return tuple(choice.strip() for choice in match[1].split(" | ")) if match else ()


def _scale(system: str) -> RatingScale | None:
    match = _RATING.search(system)
    return RatingScale(int(match[1]), int(match[2]), match[3]) if match else None
