"""Media on their way to a model: read, resized and encoded only while the request is built."""

import asyncio
import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import structlog

from jury.errors import InputError
from jury.gateway.transport import exhibit_failure
from jury.media import MediaStore, encode_image, mono_16k
from jury.once import Once
from jury.records import (
    DATA_SET,
    AudioPart,
    Cause,
    Delivery,
    ImagePart,
    MediaKind,
    MediaRef,
    Message,
    TextPart,
)

#: Longest edge of an image as it is sent, in pixels.
EDGE = 1024

#: How much of what is encoded is kept for the next who asks, in bytes.
ROOM = 64 * 2**20

_log = structlog.get_logger()

_WITHHELD: dict[MediaKind, str] = {
    "image": "[An image is attached here. You cannot see images.]",
    "audio": "[An audio clip is attached here. You cannot hear audio.]",
}
_CALLED: dict[MediaKind, str] = {"image": "image", "audio": "audio clip"}


@dataclass
class Chat:
    """Messages as OpenAI's chat has them, what became of each exhibit, and the data that stand for those that are sent."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    exhibits: list[Delivery] = field(default_factory=list)
    payloads: dict[tuple[MediaKind, int], str] = field(default_factory=dict)


class Exhibits:
    """Turns messages into the chat form LiteLLM takes. Each medium is encoded once, not once per juror.

    Images are `image_url` parts with a data URL, clips `input_audio` parts; LiteLLM makes of them what a provider wants
    instead, inline parts for Gemini and Vertex for example. Encoding happens beside the event loop.
    """

    def __init__(self, media: MediaStore, edge: int = EDGE, room: int = ROOM) -> None:
        self._media = media
        self._edge = edge
        self._encoded: Once[str] = Once(len, room)
        self._told: set[str] = set()

    @property
    def media(self) -> MediaStore:
        """Where the bytes are."""
        return self._media

    async def chat(self, messages: tuple[Message, ...], *, sees: bool, hears: bool) -> Chat:
        """The messages as a chat. A model that can't see or hear is told what it is not given.

        Raises `CallFailedError` where a medium is no longer in the store.
        """
        chat, takes = Chat(), {"image": sees, "audio": hears}
        numbers = {"image": count(1), "audio": count(1)}
        for message in messages:
            content: list[dict[str, Any]] = []
            for part in message.parts:
                if isinstance(part, TextPart):
                    content.append(_text(part.text))
                else:
                    content.append(await self._block(part, next(numbers[part.kind]), chat, takes[part.kind]))
            alone = len(message.parts) == 1 and isinstance(message.parts[0], TextPart)
            chat.messages.append({"role": message.role, "content": content[0]["text"] if alone else content})
        return chat

    async def _block(self, part: ImagePart | AudioPart, number: int, chat: Chat, takes: bool) -> dict[str, Any]:
        """One exhibit as it is sent, or the words in its place."""
        if part.media is not None and takes:
            return await self._sent(part.media, part.kind, number, chat)
        words, reason = part.words, part.hindrance
        if part.media is not None:
            self._warn(part.kind)
            words, reason = "", "unable"
        chat.exhibits.append(Delivery.instead(part.kind, number, DATA_SET if words else "", reason))
        return _text(_stand_in(part.kind, words, unable=reason == "unable"))

    async def _sent(self, ref: MediaRef, kind: MediaKind, number: int, chat: Chat) -> dict[str, Any]:
        try:
            data = await self._once(ref, self._encode_image if kind == "image" else self._encode_clip)
        except InputError as error:
            gone = Delivery(kind=kind, number=number, state="withheld", reason="missing")
            raise exhibit_failure(Cause(kind="exhibit", detail=str(error)), (gone,), asked=False) from None
        chat.exhibits.append(Delivery(kind=kind, number=number))
        chat.payloads[kind, number] = data
        if kind == "image":
            return {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{data}"}}
        return {"type": "input_audio", "input_audio": {"data": data, "format": "wav"}}

    async def _once(self, ref: MediaRef, encode: Callable[[MediaRef], str]) -> str:
        return await self._encoded.get((ref.sha256, ref.mime), lambda: asyncio.to_thread(encode, ref))

    def _encode_image(self, ref: MediaRef) -> str:
        return base64.b64encode(encode_image(self._media.read(ref), edge=self._edge, format="png")).decode()

    def _encode_clip(self, ref: MediaRef) -> str:
        return base64.b64encode(mono_16k(self._media.read(ref))).decode()

    def _warn(self, kind: str) -> None:
        """Say once that a model was asked about what it can't take: its answers are to words alone."""
        if kind not in self._told:
            self._told.add(kind)
            _log.warning("exhibit withheld", kind=kind, reason=f"a model that takes no {kind} is told so in its place")


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def _stand_in(kind: MediaKind, words: str, *, unable: bool) -> str:
    if words:
        return f"[{_CALLED[kind]}: {words}]"
    return _WITHHELD[kind] if unable else f"[An {_CALLED[kind]} belongs here; its file could not be read.]"
