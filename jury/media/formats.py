"""The formats an exhibit may have, told apart by their first bytes and never by a file's name."""

import re
from dataclasses import dataclass
from typing import Literal

from jury.records import Cause, MediaKind

Mime = Literal[
    "image/png", "image/jpeg", "image/webp", "image/gif", "audio/wav", "audio/flac", "audio/ogg", "audio/mpeg"
]


@dataclass(frozen=True)
class MediaFormat:
    """A file format: its usual name, MIME type, first bytes, and file name extensions, the store's own first."""

    name: str
    kind: MediaKind
    mime: Mime
    opening: re.Pattern[bytes]
    extensions: tuple[str, ...]


def _opens_with(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern, re.DOTALL)


#: MP3's pattern is an ID3 tag or the sync word of an MPEG layer III frame (ISO/IEC 11172-3, 2.4.1.3).
FORMATS = (
    MediaFormat("PNG", "image", "image/png", _opens_with(rb"\x89PNG\r\n\x1a\n"), (".png",)),
    MediaFormat("JPEG", "image", "image/jpeg", _opens_with(rb"\xff\xd8\xff"), (".jpg", ".jpeg", ".jpe", ".jfif")),
    MediaFormat("WebP", "image", "image/webp", _opens_with(rb"RIFF.{4}WEBP"), (".webp",)),
    MediaFormat("GIF", "image", "image/gif", _opens_with(rb"GIF8[79]a"), (".gif",)),
    MediaFormat("WAV", "audio", "audio/wav", _opens_with(rb"RIFF.{4}WAVE"), (".wav", ".wave")),
    MediaFormat("FLAC", "audio", "audio/flac", _opens_with(rb"fLaC"), (".flac",)),
    MediaFormat("OGG", "audio", "audio/ogg", _opens_with(rb"OggS"), (".ogg", ".oga", ".opus")),
    MediaFormat("MP3", "audio", "audio/mpeg", _opens_with(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"), (".mp3",)),
)
BY_MIME = {form.mime: form for form in FORMATS}
BY_EXTENSION = {extension: form for form in FORMATS for extension in form.extensions}


def format_of(data: bytes) -> MediaFormat | None:
    """The format the first bytes announce, or None where they announce none of ours."""
    return next((form for form in FORMATS if form.opening.match(data)), None)


def expected_format(data: bytes, kind: MediaKind, max_bytes: int) -> MediaFormat | Cause:
    """The format of data that should be of a kind, before anything is decoded.

    A `Cause` says why not: `broken` (empty), `too_large`, or `mislabelled` (something else).
    """
    if not data:
        return Cause(kind="broken", detail="the file is empty")
    if len(data) > max_bytes:
        return Cause(kind="too_large", detail=f"the file has more than the {max_bytes:,} bytes allowed for {kind}")
    found = format_of(data)
    if found is None:
        names = ", ".join(form.name for form in FORMATS if form.kind == kind)
        return Cause(kind="mislabelled", detail=f"the file holds no {kind} in a format that can be read ({names})")
    if found.kind != kind:
        return Cause(kind="mislabelled", detail=f"the file should hold {kind} and holds {found.name} {found.kind}")
    return found
