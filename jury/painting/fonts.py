"""Fonts for Latin and Chinese text, and what is done about characters they lack."""

import re
import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

from jury.errors import InputError

#: The wheel that brings Noto Sans CJK along, and the font's file in it; the package itself is never imported.
WHEEL, FONT_NAME = "mplfonts", "fonts/NotoSansCJKsc-Regular.otf"
INSTALL = "pip install 'multimodal-jury[generate]'"
#: A code point that no font may have: what is drawn for it is what is drawn for every missing glyph.
MISSING = "\U0010ffff"
#: What common signs become where a font lacks them.
PLAIN = str.maketrans({"—": "-", "–": "-", "‑": "-", "•": "*", "·": "*", "€": "EUR", "×": "x"})
_PROBE_SIZE = 24
_BREAK = re.compile(r"\r\n?|[\u2028\u2029]")
# Chinese fonts set the curved apostrophe as wide as a character, which tears a Latin word apart.
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z])")
_INVISIBLE = {"Cc", "Cf", "Mn", "Me"}

Font = ImageFont.FreeTypeFont


@lru_cache(maxsize=1)
def font_file() -> Path | None:
    """The file of Noto Sans CJK, None where its wheel is not installed."""
    spec = find_spec(WHEEL)
    folders = spec.submodule_search_locations or () if spec else ()
    return next((file for folder in folders if (file := Path(folder) / FONT_NAME).is_file()), None)


def font_of(size: int) -> Font:
    """Noto Sans CJK at a size in pixels, else the Latin font that comes with Pillow.

    Raises `InputError` for a Pillow that was built without FreeType.
    """
    return _font(font_file(), size)


def drawable(text: str) -> str:
    """The text in characters the font at hand has, each for sure, so that no empty box stands for one.

    Spaces are kept as spaces and line breaks; what is invisible (control characters, variation selectors) is left out.
    A sign without a glyph becomes a plainer one or its Unicode name, such as `[grinning face]`. Raises `InputError` for a
    letter without a glyph: a text that has lost letters is another text.
    """
    composed = unicodedata.normalize("NFC", _BREAK.sub("\n", _APOSTROPHE.sub("'", text)))
    return "".join(_drawable(character, font_file()) for character in composed)


@lru_cache(maxsize=64)
def _font(file: Path | None, size: int) -> Font:
    # One layout engine everywhere: where Raqm is installed, it would set the same words at other places.
    if file is not None:
        return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise InputError("this Pillow draws no text; pip install --force-reinstall pillow")
    return font


@lru_cache(maxsize=16_384)
def _drawable(character: str, file: Path | None) -> str:
    if character.isspace():
        return "\n" if character == "\n" else " "
    kind = unicodedata.category(character)
    if kind in _INVISIBLE:
        return ""
    if _has_glyph(character, file):
        return character
    if kind.startswith(("L", "M", "N")):
        raise InputError(_lacking(character, file))
    plainer = character.translate(PLAIN)
    return plainer if plainer != character else f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]"


def _has_glyph(character: str, file: Path | None) -> bool:
    font = _font(file, _PROBE_SIZE)
    return bytes(font.getmask(character)) != bytes(font.getmask(MISSING))


def _lacking(character: str, file: Path | None) -> str:
    if file is None:
        return f"no font here has the letter {character!r}; {INSTALL}"
    return f"{file.name} has no letter {character!r}; write the text in Latin, Greek, Cyrillic, Chinese, Japanese or Korean"
