"""How jurors are shown what others wrote: behind fences, with what can't be seen written out, and long texts cut."""

import unicodedata
from dataclasses import dataclass

#: Characters that have no look of their own though Unicode does not file them under its format or control characters.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")

#: Line ends and tabs, which are seen by what they do.
_PLAIN = frozenset("\n\r\t")

#: What holds the parts of one emoji together, and may stay between them.
_JOINERS = frozenset("\u200d\ufe0f")

#: Categories of what can't be seen: format (bidirectional marks, zero width), control, private use, unassigned, surrogates.
_UNSEEN = frozenset({"Cf", "Cc", "Co", "Cn", "Cs"})


@dataclass(frozen=True)
class Seen:
    """A text as a juror sees it: how many characters were written out in it, and how many are left out of its middle."""

    text: str
    written_out: int = 0
    left_out: int = 0


@dataclass(frozen=True)
class Screen:
    """Defences against texts that would steer jurors. By default a text stands between its fence lines, and else as it is.

    `fences` off is for measuring what they are worth. `neutralise` composes characters (Unicode NFC) and writes out as
    ⟨U+200B⟩ those that can't be seen. `longest` is the length, in characters, beyond which the middle is left out.
    """

    fences: bool = True
    neutralise: bool = False
    longest: int | None = None

    def seen(self, text: str) -> Seen:
        """A text without NULs, which some tokenisers and servers end a text at, and through the defences that are on."""
        text, written_out = text.replace("\0", ""), 0
        if self.neutralise:
            text, written_out = _written_out(unicodedata.normalize("NFC", text))
        if self.longest is None or len(text) <= self.longest:
            return Seen(text, written_out)
        half = self.longest // 2
        return Seen(f"{text[:half]}\n⟨…⟩\n{text[-half:]}", written_out, len(text) - 2 * half)


#: No more than fences.
USUAL = Screen()


def _written_out(text: str) -> tuple[str, int]:
    """The text with every character that can't be seen in letters, and how many there were."""
    shown = [f"⟨U+{ord(one):04X}⟩" if _hides(text, place) else one for place, one in enumerate(text)]
    return "".join(shown), sum(len(one) > 1 for one in shown)


def _hides(text: str, place: int) -> bool:
    one = text[place]
    if one in _PLAIN or (one in _JOINERS and place and _is_picture(text[place - 1])):
        return False
    return one in _BLANK or unicodedata.category(one) in _UNSEEN or _is_selector(one)


def _is_picture(character: str) -> bool:
    """Whether a character is an emoji, or belongs to the one before."""
    return unicodedata.category(character) in {"So", "Sk"} or character in _JOINERS


def _is_selector(character: str) -> bool:
    """Whether a character only chooses the look of the one before; a row of them can carry words."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
