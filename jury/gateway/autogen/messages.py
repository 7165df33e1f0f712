"""What AutoGen's agents say, as our own messages; their images by reference."""

import base64
import io
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import groupby
from typing import Literal

from autogen_core import Image
from autogen_core.models import AssistantMessage, FunctionExecutionResultMessage, LLMMessage, SystemMessage, UserMessage
from PIL import Image as Pillow

from jury.errors import InputError
from jury.media import MediaStore, inspect_image
from jury.records import Cause, ImagePart, MediaRef, Message, Part, TextPart

#: Makes of a speaker's name and words what the others are shown.
Heard = Callable[[str, str], str]

#: Who AutoGen says a team's task is from.
TASK = "user"

NO_TOOLS = "was given tools, but jurors only talk; leave the tools out"


class StoredImage(Image):
    """An exhibit as agents pass it on: its reference, so that a model is sent the very image that a ballot is about.

    It is decoded only where somebody looks at it, and shown in words it reads the same in every process: AutoGen's
    selector writes an image's `repr` into its prompt, and a prompt that changes is never replayed.
    """

    def __init__(self, ref: MediaRef, media: MediaStore) -> None:
        self.ref = ref
        self._media = media

    @cached_property
    def image(self) -> Pillow.Image:  # type: ignore[override]
        """The decoded image. Raises `InputError` where it is no longer in the store."""
        return Pillow.open(io.BytesIO(self._media.read(self.ref))).convert("RGB")

    @cached_property
    def _base64(self) -> str:
        return base64.b64encode(self._media.read(self.ref)).decode()

    def to_base64(self) -> str:
        """The bytes as they are stored; AutoGen asks for them whenever it passes the image on."""
        return self._base64

    def __repr__(self) -> str:
        return "<image>"


def named(source: str, text: str) -> str:
    """What somebody said, after their name; the task is not from anybody at the table."""
    return text if source == TASK else f"{source}: {text}"


def messages_of(said: Sequence[LLMMessage], media: MediaStore, heard: Heard) -> tuple[Message, ...]:
    """AutoGen's messages as ours: an agent's thoughts are left out, and an image that is no `StoredImage` goes into `media`.

    What stands side by side in one role is one message, because many models want the speakers to alternate. Raises
    `InputError` for whatever has to do with tools and for an image that is too large.
    """
    parts = ((_role(message), part) for message in said for part in _parts(message, media, heard))
    groups = groupby(parts, key=lambda one: one[0])
    return tuple(Message(role=role, parts=_joined(part for _, part in group)) for role, group in groups)


def holds_new_images(said: Sequence[LLMMessage]) -> bool:
    """Whether images would have to be encoded, which takes a while."""
    pieces = (piece for message in said if isinstance(message, UserMessage) for piece in message.content)
    return any(isinstance(piece, Image) and not isinstance(piece, StoredImage) for piece in pieces)


def _role(message: LLMMessage) -> Literal["system", "user", "assistant"]:
    if isinstance(message, SystemMessage):
        return "system"
    return "assistant" if isinstance(message, AssistantMessage) else "user"


def _parts(message: LLMMessage, media: MediaStore, heard: Heard) -> list[Part]:
    if isinstance(message, UserMessage):
        content = [message.content] if isinstance(message.content, str) else message.content
        return [_part(message.source, piece, media, heard) for piece in content]
    if isinstance(message, FunctionExecutionResultMessage) or not isinstance(message.content, str):
        raise InputError(f"a message {NO_TOOLS}")
    return [TextPart(text=message.content)]


def _part(source: str, piece: str | Image, media: MediaStore, heard: Heard) -> Part:
    if isinstance(piece, str):
        return TextPart(text=heard(source, piece))
    return ImagePart(media=piece.ref if isinstance(piece, StoredImage) else _kept(piece, media))


def _kept(image: Image, media: MediaStore) -> MediaRef:
    """The reference of an image that somebody made, now in the store."""
    png = base64.b64decode(image.to_base64())
    found = inspect_image(png)
    if isinstance(found, Cause):
        raise InputError(f"an image in a message can't be sent ({found}); make it smaller")
    media.put(png, found)
    return found


def _joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts with neighbouring texts made one, a blank line between them."""
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if isinstance(part, TextPart) and isinstance(before, TextPart):
            joined[-1] = TextPart(text=f"{before.text}\n\n{part.text}")
        else:
            joined.append(part)
    return tuple(joined)
