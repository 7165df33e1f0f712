"""Shapes that stand for nothing, for words that name nothing we can draw."""

from collections.abc import Sequence

from PIL import Image, ImageDraw

from jury.painting.pad import Ink, Pad

_GROUNDS = ("#f1ece1", "#e6ecec", "#efe6ea", "#e9eadf")
_COLUMNS, _ROWS = 4, 3


def abstract(image: Image.Image, seed: bytes, colours: Sequence[str]) -> None:
    """Fill an RGB image with a pattern of discs, rings, quarters and bars that a seed of 32 bytes chooses."""
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, *image.size), fill=_GROUNDS[seed[0] % len(_GROUNDS)])
    side = min(image.width / _COLUMNS, image.height / _ROWS)
    left, top = (image.width - side * _COLUMNS) / 2, (image.height - side * _ROWS) / 2
    for place in range(_COLUMNS * _ROWS):
        row, column = divmod(place, _COLUMNS)
        pad = Pad(draw, left + column * side, top + row * side, side)
        ink = Ink.of(colours[(seed[31] + seed[place + 1] % 3 * 2) % len(colours)])
        _tile(pad, ink, seed[place + 13])


def _tile(pad: Pad, ink: Ink, choice: int) -> None:
    match choice % 5:
        case 0:
            pad.disc(ink.main, 50, 50, 42)
        case 1:
            pad.ring(ink.main, 50, 50, 42, 14)
            pad.disc(ink.light, 50, 50, 14)
        case 2:
            pad.shape(ink.main, (8, 92), (92, 92), (92, 8))
            pad.shape(ink.light, (8, 92), (8, 8), (92, 8))
        case 3:
            for y in (8, 38, 68):
                pad.box(ink.main, 8, y, 92, y + 20, radius=10)
        case _:
            pad.box(ink.light, 8, 8, 92, 92, radius=8)
            pad.disc(ink.dark, 50, 50, 24)
