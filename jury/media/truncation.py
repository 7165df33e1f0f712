"""Whether a clip was cut off: libsndfile plays the rest of a shortened WAV or OGG as if it were all."""

from jury.media.formats import Mime
from jury.media.wav import is_wav_cut_short

_OGG_HEADER = 27
_OGG_LAST_PAGE = 0x04


def is_cut_short(data: bytes, mime: Mime) -> bool:
    """Whether a WAV or OGG file lacks bytes that its own framing announces; always False for other formats.

    A WAV states its size (`jury.media.wav`); an Ogg stream ends with a whole page flagged as its last (RFC 3533, section 6).
    """
    if mime == "audio/wav":
        return is_wav_cut_short(data)
    if mime == "audio/ogg":
        return not _ends_with_last_page(data)
    return False


def _ends_with_last_page(data: bytes) -> bool:
    page = data[data.rfind(b"OggS") :]
    if len(page) < _OGG_HEADER:
        return False
    segments = page[_OGG_HEADER : _OGG_HEADER + page[26]]
    whole = len(segments) == page[26] and len(page) >= _OGG_HEADER + len(segments) + sum(segments)
    return whole and bool(page[5] & _OGG_LAST_PAGE)
