"""What stands behind the things of a scene: a room, the open, the sea, the night."""

import re
from collections.abc import Callable
from typing import Literal

from PIL import Image, ImageDraw

#: Where the ground begins, as a share of the height.
HORIZON = 0.66

Backdrop = Literal["room", "open", "sea", "night"]

# Tried in this order; a scene that names none of them stands in the open.
_WORDS: dict[Backdrop, re.Pattern[str]] = {
    "night": re.compile(r"\b(?:night|dark|midnight|evening)\b|夜|黑暗|晚上"),
    "sea": re.compile(r"\b(?:sea|ocean|beach|lake|river|water|boat)\b|海|湖|河|沙滩"),
    "room": re.compile(
        r"\b(?:room|office|kitchen|desk|table|indoors?|inside|classroom|hospital|wall|shelf|floor|counter|living)\b"
        r"|室|房间|厨房|桌|屋内|墙|书架|货架"
    ),
}
_SKIES = ("#bfdcec", "#cfe3dc", "#f0dfc6", "#d5d9ee")
_GROUNDS = ("#a9c48f", "#c9c3a0", "#b4b9a8", "#b7a98f")
_WALLS = ("#efe6d6", "#dfe6e4", "#e9dede", "#e3e3ee")
_SAND, _DARK, _DIM = "#e6d3a3", "#27324a", "#4a5568"
_FLOORS = ("#b98f67", "#9c8471", "#8f9a98", "#a9765b")


def backdrop_of(words: str) -> Backdrop:
    """The ground that suits a scene's words, English or Chinese."""
    return next((name for name, pattern in _WORDS.items() if pattern.search(words.lower())), "open")


def paint_backdrop(image: Image.Image, backdrop: Backdrop, seed: bytes) -> str:
    """Fill an RGB image with a backdrop; the seed (32 bytes) chooses its colours. Gives the ground's, as `#rrggbb`."""
    return _PAINTED[backdrop](image, ImageDraw.Draw(image), seed)


def _room(image: Image.Image, draw: ImageDraw.ImageDraw, seed: bytes) -> str:
    width, height = image.size
    ground = _FLOORS[seed[10] % 4]
    floor = _halves(image, draw, _WALLS[seed[9] % 4], ground)
    draw.rectangle((0, floor - height * 0.02, width, floor), fill="#fbfaf5")
    left = width * (0.1 if seed[11] % 2 else 0.66)
    right, top, bottom = left + width * 0.24, height * 0.08, height * 0.4
    draw.rectangle((left, top, right, bottom), fill="#fbfaf5")
    rim = width * 0.012
    draw.rectangle((left + rim, top + rim, right - rim, bottom - rim), fill="#c9e0ea")
    draw.rectangle(((left + right - rim) / 2, top, (left + right + rim) / 2, bottom), fill="#fbfaf5")
    return ground


def _open(image: Image.Image, draw: ImageDraw.ImageDraw, seed: bytes) -> str:
    width, height = image.size
    ground = _GROUNDS[seed[10] % 4]
    horizon = _halves(image, draw, _SKIES[seed[9] % 4], ground)
    for place, radius in ((0.15, 0.3), (0.6, 0.42), (1.0, 0.3)):
        _disc(draw, (place + seed[11] / 2550) * width, horizon + height * radius * 0.72, width * radius, "#93b083")
    draw.rectangle((0, horizon, width, height), fill=ground)
    _disc(draw, width * (0.14 if seed[12] % 2 else 0.86), height * 0.16, height * 0.07, "#f3cf6d")
    _cloud(draw, width * (0.62 if seed[12] % 2 else 0.3), height * 0.17, height * 0.055)
    return ground


def _sea(image: Image.Image, draw: ImageDraw.ImageDraw, seed: bytes) -> str:
    width, height = image.size
    shore = _halves(image, draw, _SKIES[seed[9] % 4], _SAND)
    draw.rectangle((0, shore - height * 0.22, width, shore), fill="#5b9bb5")
    draw.rectangle((0, shore - height * 0.03, width, shore), fill="#8cc0cf")
    _disc(draw, width * 0.8, height * 0.16, height * 0.07, "#f3cf6d")
    return _SAND


def _night(image: Image.Image, draw: ImageDraw.ImageDraw, seed: bytes) -> str:
    width, height = image.size
    _halves(image, draw, _DARK, _DIM)
    for place in range(14):
        across, down = (seed[place] * 37 + place * 71) % 100, (seed[place + 14] * 53 + place * 29) % 52
        _disc(draw, width * across / 100, height * down / 100, height * 0.005, "#e9ecf2")
    _disc(draw, width * 0.84, height * 0.16, height * 0.075, "#f1ead2")
    _disc(draw, width * 0.815, height * 0.145, height * 0.065, _DARK)
    return _DIM


_PAINTED: dict[Backdrop, Callable[[Image.Image, ImageDraw.ImageDraw, bytes], str]] = {
    "room": _room,
    "open": _open,
    "sea": _sea,
    "night": _night,
}


def _halves(image: Image.Image, draw: ImageDraw.ImageDraw, above: str, below: str) -> float:
    """Two plain halves; gives the height at which they meet, in pixels."""
    width, height = image.size
    draw.rectangle((0, 0, width, height * HORIZON), fill=above)
    draw.rectangle((0, height * HORIZON, width, height), fill=below)
    return height * HORIZON


def _disc(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, fill: str) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _cloud(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    for across, size in ((-1.3, 0.75), (0, 1.1), (1.3, 0.8)):
        _disc(draw, x + across * radius, y, radius * size, "#fbfaf5")
