"""Text from models and data on its way to a terminal: shown, never obeyed."""

import unicodedata

#: Invisible controls of text direction: they can make a line read otherwise than it is.
_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


def printable(text: str) -> str:
    """The text with every control character but line breaks and tabs made visible, so that no escape code acts."""
    return "".join(_shown(character) for character in text)


def on_one_line(text: str, width: int = 200) -> str:
    """The text on a single line, cut to a width in characters."""
    line = " ".join(printable(text).split())
    return line if len(line) <= width else line[: width - 1] + "…"


def _shown(character: str) -> str:
    if character in "\n\t":
        return character
    if ord(character) in _BIDI or unicodedata.category(character) in {"Cc", "Cs"}:
        return f"\\u{ord(character):04x}"
    return character
