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


@dataclass(frozen=True)
class ForeignFormat:
    """A format that can't be read, known by its first bytes, and what to do about it."""

    name: str
    opening: re.Pattern[bytes]
    remedy: str


_TO_PNG = "convert it to PNG, as in `magick IN.{} OUT.png`"
_TO_WAV = "convert it to WAV, as in `ffmpeg -i IN.{} OUT.wav`"
_FILM = "take its picture or its sound alone, as in `ffmpeg -i IN.{} OUT.wav`"

#: Formats that are met in data sets. A box of type `ftyp` opens ISO files (ISO/IEC 14496-12); its brand says of which kind.
FOREIGN = (
    ForeignFormat("HEIC", _opens_with(rb".{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)"), _TO_PNG.format("heic")),
    ForeignFormat("AVIF", _opens_with(rb".{4}ftypavi[fs]"), _TO_PNG.format("avif")),
    ForeignFormat("M4A", _opens_with(rb".{4}ftypM4[AB] "), _TO_WAV.format("m4a")),
    ForeignFormat("MP4", _opens_with(rb".{4}ftyp"), _FILM.format("mp4")),
    ForeignFormat("WebM", _opens_with(rb"\x1aE\xdf\xa3"), _FILM.format("webm")),
    ForeignFormat("AVI", _opens_with(rb"RIFF.{4}AVI "), _FILM.format("avi")),
    ForeignFormat("BMP", _opens_with(rb"BM.{4}\0\0\0\0"), _TO_PNG.format("bmp")),
    ForeignFormat("TIFF", _opens_with(rb"II\*\0|MM\0\*"), _TO_PNG.format("tiff")),
    ForeignFormat("JPEG XL", _opens_with(rb"\xff\x0a|\0{3}\x0cJXL "), _TO_PNG.format("jxl")),
    ForeignFormat("JPEG 2000", _opens_with(rb"\0{3}\x0cjP  |\xff\x4f\xff\x51"), _TO_PNG.format("jp2")),
    ForeignFormat("icon", _opens_with(rb"\x00\x00\x01\x00"), _TO_PNG.format("ico")),
    ForeignFormat("SVG", _opens_with(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml.{0,400}?)?<svg\b"), _TO_PNG.format("svg")),
    ForeignFormat("PDF", _opens_with(rb"%PDF-"), "save its page as PNG, as in `pdftoppm -png IN.pdf OUT`"),
    ForeignFormat("AAC", _opens_with(rb"\xff[\xf0\xf1\xf8\xf9]"), _TO_WAV.format("aac")),
    ForeignFormat("AMR", _opens_with(rb"#!AMR"), _TO_WAV.format("amr")),
    ForeignFormat("WMA", _opens_with(rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11"), _TO_WAV.format("wma")),
    ForeignFormat("AIFF", _opens_with(rb"FORM.{4}AIF[FC]"), _TO_WAV.format("aiff")),
    ForeignFormat("CAF", _opens_with(rb"caff"), _TO_WAV.format("caf")),
    ForeignFormat("AU", _opens_with(rb"\.snd"), _TO_WAV.format("au")),
    ForeignFormat("RF64", _opens_with(rb"(?:RF64|BW64|RIFX)"), _TO_WAV.format("wav")),
    ForeignFormat(
        "a pointer of Git LFS", _opens_with(rb"version https://git-lfs"), "fetch the file itself with `git lfs pull`"
    ),
    ForeignFormat(
        "a web page", _opens_with(rb"\s*(?:<!doctype html|<!DOCTYPE html|<html)"), "get the file itself; a page came in its place"
    ),
)  # fmt: skip


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
        return Cause(kind="mislabelled", detail=_unreadable(data, kind))
    if found.kind != kind:
        return Cause(kind="mislabelled", detail=f"the file should hold {kind} and holds {found.name} {found.kind}")
    return found


def _unreadable(data: bytes, kind: MediaKind) -> str:
    """What a file holds that is in none of our formats, and what to do about it."""
    foreign = next((form for form in FOREIGN if form.opening.match(data)), None)
    names = ", ".join(form.name for form in FORMATS if form.kind == kind)
    if foreign is None:
        return f"the file holds no {kind} in a format that can be read ({names})"
    return f"the file holds {foreign.name}, which can't be read as {kind} ({names} can); {foreign.remedy}"
