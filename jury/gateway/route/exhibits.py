"""Media on their way to a model: read, resized and encoded only while the request is built."""

import asyncio
import base64
from collections.abc import Callable
from typing import Any

import structlog

from jury.media import MediaStore, encode_image, mono_16k
from jury.once import Once
from jury.records import AudioPart, ImagePart, MediaRef, Message, Part, TextPart

#: Longest edge of an image as it is sent, in pixels.
EDGE = 1024

#: How much of what is encoded is kept for the next who asks, in bytes.
ROOM = 64 * 2**20

_log = structlog.get_logger()


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

    async def chat(self, messages: tuple[Message, ...], *, sees: bool, hears: bool) -> list[dict[str, Any]]:
        """The messages as OpenAI chat messages. A model that can't see or hear is told what it is not given."""
        return [{"role": message.role, "content": await self._content(message, sees, hears)} for message in messages]

    async def _content(self, message: Message, sees: bool, hears: bool) -> str | list[dict[str, Any]]:
        if len(message.parts) == 1 and isinstance(message.parts[0], TextPart):
            return message.parts[0].text
        return [await self._block(part, sees, hears) for part in message.parts]

    async def _block(self, part: Part, sees: bool, hears: bool) -> dict[str, Any]:
        if isinstance(part, TextPart):
            return _text(part.text)
        if isinstance(part, ImagePart):
            return await self._image(part, sees)
        return await self._audio(part, hears)

    async def _image(self, part: ImagePart, sees: bool) -> dict[str, Any]:
        if part.media is None:
            return _text(_stand_in("image", part.description))
        if not sees:
            self._warn("image")
            return _text("[An image is attached here. You cannot see images.]")
        return {"type": "image_url", "image_url": {"url": await self._once(part.media, self._encode_image)}}

    async def _audio(self, part: AudioPart, hears: bool) -> dict[str, Any]:
        if part.media is None:
            return _text(_stand_in("audio clip", part.spoken))
        if not hears:
            self._warn("audio")
            return _text("[An audio clip is attached here. You cannot hear audio.]")
        data = await self._once(part.media, self._encode_clip)
        return {"type": "input_audio", "input_audio": {"data": data, "format": "wav"}}

    async def _once(self, ref: MediaRef, encode: Callable[[MediaRef], str]) -> str:
        return await self._encoded.get((ref.sha256, ref.mime), lambda: asyncio.to_thread(encode, ref))

    def _encode_image(self, ref: MediaRef) -> str:
        png = encode_image(self._media.read(ref), edge=self._edge, format="png")
        return f"data:image/png;base64,{base64.b64encode(png).decode()}"

    def _encode_clip(self, ref: MediaRef) -> str:
        return base64.b64encode(mono_16k(self._media.read(ref))).decode()

    def _warn(self, kind: str) -> None:
        """Say once that a model was asked about what it can't take: its answers are to words alone."""
        if kind not in self._told:
            self._told.add(kind)
            _log.warning("exhibit withheld", kind=kind, reason=f"a model that takes no {kind} is told so in its place")


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def _stand_in(kind: str, words: str) -> str:
    return f"[{kind}: {words}]" if words else f"[An {kind} belongs here; its file could not be read.]"
