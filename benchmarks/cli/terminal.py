"""Characters that a terminal's encoding can't show: replaced by the nearest ASCII, so that no command ends in a traceback."""

import codecs
import io
import unicodedata
from typing import TextIO

_HANDLER = "jury.nearest_ascii"

#: What Unicode's own decompositions leave out.
_NEAREST = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "·": "|", "…": "...", "×": "x", "≤": "<=", "≥": ">=", "→": "->", "←": "<-"}
    | {"‘": "'", "’": "'", "“": '"', "”": '"', "•": "*", "█": "#", "▁": "_", "κ": "kappa", "α": "alpha", "ρ": "rho"}
)


def replace_unencodable(stream: TextIO) -> None:
    """Let a text stream write the nearest ASCII for what its encoding lacks, `?` where there is none.

    A stream that is not the process's own (a test's buffer, a notebook's) is left as it is.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=_HANDLER)


def nearest_ascii(text: str) -> str:
    """The text in ASCII: typography by its plain form, letters without their accents, `?` for every other character."""
    plain = unicodedata.normalize("NFKD", text.translate(_NEAREST))
    kept = "".join(character for character in plain if not unicodedata.combining(character))
    return kept.encode("ascii", errors="replace").decode("ascii")


def can_show(stream: TextIO, text: str) -> bool:
    """Whether a stream's encoding has every character of a text."""
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return nearest_ascii(error.object[error.start : error.end]), error.end


codecs.register_error(_HANDLER, _replace)
