"""A plain card of a scene: flat shapes for the things its words speak of, on a ground that suits them."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw

from jury.painting.abstract import abstract
from jury.painting.backdrop import HORIZON, backdrop_of, paint_backdrop
from jury.painting.layout import shortened
from jury.painting.pad import Ink, Pad, shade
from jury.painting.things import THINGS, things_in

#: Painted so many times larger and then made smaller, so that edges are smooth.
OVERSAMPLING = 2
#: Things on one card; more would only crowd it.
THINGS_SHOWN = 4
#: The caption's share of the height, and the characters of the words it takes at most.
CAPTION_SHARE, CAPTION_LENGTH = 0.14, 90
#: A caption that says nothing: the scene takes up the whole card.
NO_CAPTION = "-"
INKS = ("#c8553d", "#3d6d99", "#4f8a6d", "#8c5a94", "#c9822b", "#4a7c8c", "#a54657", "#6b7a3a")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|[。！？；;\n]")


def scene_card(words: str, size: tuple[int, int], *, caption: str = "") -> Image.Image:
    """A plain card of the scene in `words` with its subject printed beneath.

    `size` is width and height in pixels. The caption is the words' first sentence unless one is given; a long one is
    shortened, and `NO_CAPTION` leaves it out. Raises `InputError` for letters no font here has.
    """
    if caption == NO_CAPTION:
        return scene(words, size)
    width, height = size
    edge = round(height * (1 - CAPTION_SHARE))
    image = Image.new("RGB", size, "white")
    image.paste(scene(words, (width, edge)), (0, 0))
    margin = round(width * 0.04)
    block = shortened(caption or subject_of(words), width - 2 * margin, height - edge)
    block.draw(ImageDraw.Draw(image), (margin, edge, width - margin, height), centred=True, fill="#22262b")
    return image


def scene(words: str, size: tuple[int, int]) -> Image.Image:
    """The scene alone: the first things that the words speak of, or abstract shapes where they speak of none we know.

    Equal words give equal pixels; other words give other colours and places.
    """
    seed = hashlib.sha256(" ".join(words.lower().split()).encode()).digest()
    image = Image.new("RGB", (size[0] * OVERSAMPLING, size[1] * OVERSAMPLING))
    names = things_in(words)[:THINGS_SHOWN]
    if names:
        ground = paint_backdrop(image, backdrop_of(words), seed)
        _paint_things(image, names, seed, shadow=shade(ground, 0.85))
    else:
        abstract(image, seed, INKS)
    return image.resize(size, Image.Resampling.BOX)


def subject_of(words: str) -> str:
    """The first sentence or line of a scene's words, at most 90 characters of it."""
    stripped = words.strip()
    first = _SENTENCE_END.split(stripped, maxsplit=1)[0].strip() or stripped
    return first if len(first) <= CAPTION_LENGTH else f"{first[: CAPTION_LENGTH - 1].rstrip()}…"


@dataclass(frozen=True)
class _Place:
    """Where a thing stands: its square, and the paint it gets."""

    left: float
    bottom: float
    side: float
    ink: Ink


def _paint_things(image: Image.Image, names: tuple[str, ...], seed: bytes, shadow: str) -> None:
    draw = ImageDraw.Draw(image)
    for name, place in zip(names, _places(image.size, names, seed), strict=True):
        thing = THINGS.get(name)
        _paint_shadow(draw, place, thing.wide, shadow)
        thing.draw(Pad(draw, place.left, place.bottom - place.side, place.side), place.ink)


def _places(size: tuple[int, int], names: tuple[str, ...], seed: bytes) -> Iterator[_Place]:
    """A column for each thing, the first mentioned in the middle; what is first is nearer and larger."""
    width, height = size
    column = width / len(names)
    for place, name in enumerate(names):
        nearness = 1.0 if place == 0 else 0.86
        side = min(column * 0.94, height * 0.74) * THINGS.get(name).tall ** 0.6 * nearness
        middle = (_column(place, len(names)) + 0.5) * column
        depth = HORIZON + (1 - HORIZON) * (0.62 if place == 0 else 0.34 + seed[place] / 255 * 0.12)
        yield _Place(middle - side / 2, height * depth, side, Ink.of(INKS[(seed[8] + place * 3) % len(INKS)]))


def _column(place: int, count: int) -> int:
    """Columns from the middle outwards: of four 1, 2, 0, 3."""
    middle = (count - 1) // 2
    step = (place + 1) // 2
    return middle + step if place % 2 else middle - step


def _paint_shadow(draw: ImageDraw.ImageDraw, place: _Place, wide: float, colour: str) -> None:
    middle, reach, depth = place.left + place.side / 2, place.side * wide * 0.55, place.side * 0.045
    draw.ellipse((middle - reach, place.bottom - depth, middle + reach, place.bottom + depth), fill=colour)
