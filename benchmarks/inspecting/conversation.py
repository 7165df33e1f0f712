"""A sample's conversation as a transcript: what the target was given, turn by turn, and what it answered."""

import base64
import binascii
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jury.means import MEDIA
from jury.media import MediaKind, MediaStore, admit, inspect_audio, inspect_image
from jury.records import Answer, AudioPart, Case, Cause, ImagePart, MediaRef, Part, TextPart, Transcript, Turn


@contextmanager
def transcript_of(state: Any, out: Path | None) -> Iterator[tuple[Transcript, Path]]:
    """The transcript of an Inspect `TaskState`, and the folder that its media were put into: `out`, or a passing one.

    A conversation without a user's message, and an answer that failed or was not given, is an invalid answer with its
    cause: a jury finds nothing to judge in it.
    """
    with tempfile.TemporaryDirectory(prefix="jury-") as passing:
        folder = out or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        turns = list(_turns(state, MediaStore(folder / MEDIA)))
        case = Case(id=str(state.sample_id), turns=tuple(turn.asked for turn in turns))
        answers = tuple(turn.answer for turn in turns)
        yield Transcript(case=case, target=str(state.model), answers=answers), folder


@dataclass
class _Exchange:
    """One turn in the making."""

    parts: list[Part] = field(default_factory=list)
    said: str | None = None

    @property
    def asked(self) -> Turn:
        return Turn(parts=tuple(self.parts) or (TextPart(text="(nothing was asked)"),))

    @property
    def answer(self) -> Answer:
        if self.said is None:
            return _unanswered("the model gave no answer to this turn")
        return Answer(text=self.said)


@dataclass(frozen=True)
class _Turn:
    asked: Turn
    answer: Answer


def _turns(state: Any, media: MediaStore) -> Iterator[_Turn]:
    """Every turn; what a model says in several messages, with tools in between, counts by its last words."""
    exchanges = [_Exchange()]
    for message in state.messages:
        if message.role == "user":
            if exchanges[-1].said is not None:
                exchanges.append(_Exchange())
            exchanges[-1].parts += list(_parts(message.content, media))
        elif message.role == "assistant" and exchanges[-1].parts:
            exchanges[-1].said = message.text or exchanges[-1].said or ""
    for one in exchanges[:-1]:
        yield _Turn(one.asked, one.answer)
    yield _Turn(exchanges[-1].asked, _last_answer(state, exchanges[-1]))


def _last_answer(state: Any, last: _Exchange) -> Answer:
    """What is judged: the task's output, where it has one that did not fail."""
    output = state.output
    if output is None or output.error or not output.choices:
        return _unanswered((output and output.error) or "the task has no output")
    if not last.parts:
        return _unanswered("nothing was asked in this conversation")
    return Answer(text=output.completion)


def _unanswered(why: str) -> Answer:
    return Answer(state="invalid", cause=Cause(kind="error", detail=str(why)[:500]))


def _parts(content: Any, media: MediaStore) -> Iterator[Part]:
    pieces: list[Any] = [content] if isinstance(content, str) else content
    for one in pieces:
        text = one if isinstance(one, str) else getattr(one, "text", "")
        if text:
            yield TextPart(text=text)
        elif getattr(one, "type", "") == "image":
            yield _image(_admitted(one.image, "image", media))
        elif getattr(one, "type", "") == "audio":
            yield _audio(_admitted(one.audio, "audio", media))


def _image(found: MediaRef | Cause) -> ImagePart:
    return ImagePart(problem=found) if isinstance(found, Cause) else ImagePart(media=found)


def _audio(found: MediaRef | Cause) -> AudioPart:
    return AudioPart(problem=found) if isinstance(found, Cause) else AudioPart(media=found)


def _admitted(address: str, kind: MediaKind, media: MediaStore) -> MediaRef | Cause:
    """The medium behind a `data:` address or a file of the task's author; nothing is fetched from elsewhere."""
    if address.startswith("data:"):
        return _decoded(address, kind, media)
    if "://" in address:
        return Cause(kind="missing", detail="media at a web address are not fetched; give a file or a data: address")
    path = Path(address)
    return admit(path.name, root=path.resolve().parent, kind=kind, store=media)


def _decoded(address: str, kind: MediaKind, media: MediaStore) -> MediaRef | Cause:
    try:
        data = base64.b64decode(address.partition(",")[2], validate=True)
    except binascii.Error:
        return Cause(kind="broken", detail="its data: address is not valid base64")
    found = inspect_image(data) if kind == "image" else inspect_audio(data)
    if isinstance(found, MediaRef):
        media.put(data, found)
    return found
