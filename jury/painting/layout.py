"""Text in boxes: where lines break, and how large they can be."""

import re
from dataclasses import dataclass

from PIL import ImageDraw

from jury.errors import InputError
from jury.painting.fonts import Font, drawable, font_of

#: Sizes tried, in pixels, largest first.
SIZES = (240, 200, 160, 140, 120, 104, 92, 80, 72, 64, 56, 50, 44, 40, 36, 32, 28, 25, 22, 20, 18, 16, 14, 12)
#: From one baseline to the next, as a multiple of the size.
LEADING = 1.35

# Characters between which a line may break: Chinese and Japanese, with their wide signs.
_WIDE = r"\u2e80-\u30ff\u3130-\u318f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_OPENING = r"（《「『【〔〈“‘(\["
_CLOSING = r"，。、；：？！）》」』】〕〉％”’…—·,.;:?!)\]%"
# What must stay together: a wide character or a Latin word, with the signs that may not stand apart from it.
_UNIT = re.compile(rf"[{_OPENING}]*(?:[^\s{_WIDE}]+|[{_WIDE}])[{_CLOSING}]*")


@dataclass(frozen=True)
class Block:
    """Lines of text at a size in pixels, ready to be drawn."""

    lines: tuple[str, ...]
    size: int

    @property
    def font(self) -> Font:
        """The font its lines were measured in."""
        return font_of(self.size)

    @property
    def leading(self) -> int:
        """Pixels from one line to the next."""
        return round(self.size * LEADING)

    @property
    def height(self) -> int:
        """Pixels from the top of the first line to the bottom of the last."""
        return self.leading * len(self.lines)

    def draw(self, draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], *, centred: bool, fill: str) -> None:
        """Set the lines into a box (left, top, right, bottom), in its middle vertically, and sideways if `centred`."""
        left, top, right, bottom = box
        across, anchor = ((left + right) / 2, "mm") if centred else (left, "lm")
        start = (top + bottom - self.height + self.leading) / 2
        for place, line in enumerate(self.lines):
            draw.text((across, start + place * self.leading), line, font=self.font, fill=fill, anchor=anchor)


def wrapped(text: str, size: int, width: int) -> tuple[str, ...]:
    """The lines of a text at most `width` pixels wide.

    Latin text breaks between words, Chinese between characters, but never before a closing sign nor after an opening one
    (kinsoku; JIS X 4051, and W3C "Requirements for Chinese Text Layout", section 3.1). A word that is longer than a line
    breaks anywhere; line breaks in the text are kept.
    """
    font = font_of(size)
    return tuple(line for paragraph in drawable(text).split("\n") for line in _paragraph(paragraph, font, width))


def fitted(text: str, width: int, height: int) -> Block:
    """The text as large as a box of `width` x `height` pixels allows, its words whole wherever that is possible.

    Raises `InputError` where even the smallest size leaves no room for all of it: nothing is cut off silently.
    """
    sizes = [size for size in SIZES if not _surely_too_long(text, size, width, height)]
    # Sorting is stable: sizes at which every word is whole come first, the largest of them before all.
    for size in sorted(sizes, key=lambda size: _widest_unit(text, size) > width):
        block = Block(wrapped(text, size, width), size)
        if block.height <= height and all(block.font.getlength(line) <= width for line in block.lines):
            return block
    raise InputError(
        f"{len(text)} characters do not fit into {width} x {height} pixels; make the image's `size` larger"
    )


def shortened(text: str, width: int, height: int) -> Block:
    """The text fitted into a box, its end replaced by `…` where not all of it fits.

    Raises `InputError` for a box that holds no text at all.
    """
    whole = " ".join(text.split())
    kept = whole[: max(1, width * height // SIZES[-1])]  # no box holds more characters than that
    while True:
        try:
            return fitted(whole if kept == whole else f"{kept}…", width, height)
        except InputError:
            if len(kept) <= 1:
                raise
        kept = kept[: len(kept) * 9 // 10].rstrip()


def _paragraph(paragraph: str, font: Font, width: int) -> list[str]:
    lines = [""]
    for match in _UNIT.finditer(paragraph):
        space = " " if lines[-1] and paragraph[match.start() - 1] == " " else ""
        if font.getlength(lines[-1] + space + match[0]) <= width:
            lines[-1] += space + match[0]
        else:
            lines.extend(_pieces(match[0], font, width))
    return lines[1:] if len(lines) > 1 and not lines[0] else lines


def _pieces(unit: str, font: Font, width: int) -> list[str]:
    """A unit on lines of its own, broken anywhere only where it is longer than a line."""
    if font.getlength(unit) <= width:
        return [unit]
    pieces = [""]
    for character in unit:
        if pieces[-1] and font.getlength(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _surely_too_long(text: str, size: int, width: int, height: int) -> bool:
    """Whether a text needs more lines than there are, however it breaks; quick to say even of a very long one."""
    lines = height // Block((), size).leading
    return font_of(size).getlength("".join(drawable(text).split())) > lines * width


def _widest_unit(text: str, size: int) -> float:
    font = font_of(size)
    return max((font.getlength(unit) for unit in _UNIT.findall(drawable(text))), default=0.0)
