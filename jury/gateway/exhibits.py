"""Media on their way to a model: read, resized and encoded only while the request is built."""

import base64
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jury.media import MediaStore, encode_image, mono_16k
from jury.records import AudioPart, ImagePart, MediaRef, Message, Part, TextPart

#: Longest edge of an image as it is sent, in pixels.
EDGE = 1024

#: How many encoded images and clips are kept for the next juror.
KEPT = 256


class Exhibits:
    """Turns messages into the chat form LiteLLM takes. Each medium is encoded once, not once per juror."""

    def __init__(self, media: MediaStore, edge: int = EDGE) -> None:
        self._media = media
        self._edge = edge
        self._image_url: Callable[[MediaRef], str] = lru_cache(KEPT)(self._encode_image)
        self._clip: Callable[[MediaRef], str] = lru_cache(KEPT)(self._encode_clip)

    def chat(self, messages: tuple[Message, ...], *, sees: bool, hears: bool) -> list[dict[str, Any]]:
        """The messages as OpenAI chat messages. A model that can't see or hear is told what it is not given."""
        return [{"role": message.role, "content": self._content(message, sees, hears)} for message in messages]

    def _content(self, message: Message, sees: bool, hears: bool) -> str | list[dict[str, Any]]:
        if len(message.parts) == 1 and isinstance(message.parts[0], TextPart):
            return message.parts[0].text
        return [self._block(part, sees, hears) for part in message.parts]

    def _block(self, part: Part, sees: bool, hears: bool) -> dict[str, Any]:
        if isinstance(part, TextPart):
            return _text(part.text)
        if isinstance(part, ImagePart):
            return self._image(part, sees)
        return self._audio(part, hears)

    def _image(self, part: ImagePart, sees: bool) -> dict[str, Any]:
        if part.media is None:
            return _text(_stand_in("image", part.description))
        if not sees:
            return _text("[An image is attached here. You cannot see images.]")
        return {"type": "image_url", "image_url": {"url": self._image_url(part.media)}}

    def _audio(self, part: AudioPart, hears: bool) -> dict[str, Any]:
        if part.media is None:
            return _text(_stand_in("audio clip", part.spoken))
        if not hears:
            return _text("[An audio clip is attached here. You cannot hear audio.]")
        return {"type": "input_audio", "input_audio": {"data": self._clip(part.media), "format": "wav"}}

    def _encode_image(self, ref: MediaRef) -> str:
        png = encode_image(self._media.read(ref), edge=self._edge, format="png")
        return f"data:image/png;base64,{base64.b64encode(png).decode()}"

    def _encode_clip(self, ref: MediaRef) -> str:
        return base64.b64encode(mono_16k(self._media.read(ref))).decode()


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def _stand_in(kind: str, words: str) -> str:
    return f"[{kind}: {words}]" if words else f"[An {kind} belongs here; its file could not be read.]"
