"""The few shapes charts are drawn from. Colours and type come from the page's style sheet, by class."""

import unicodedata
from collections.abc import Iterable

from markupsafe import Markup

from benchmarks.cli.printable import printable

#: Width that a phone shows without scaling, in pixels.
WIDTH = 320


def drawing(
    title: str, description: str, size: tuple[float, float], shapes: Iterable[Markup], palette: str = "warm"
) -> Markup:
    """An image of that width and height, named and described for those who don't see it.

    One that a phone can show shrinks with the page; a wider one keeps its size, for the page to scroll.
    """
    width, height = size
    kind = f"chart {palette}{'' if width > WIDTH else ' fits'}"
    return Markup(
        '<svg class="{0}" role="img" viewBox="0 0 {1} {2}" width="{1}" height="{2}">'
        "<title>{3}</title><desc>{4}</desc>{5}</svg>"
    ).format(kind, _short(width), _short(height), printable(title), printable(description), Markup("").join(shapes))


def box(kind: str, x: float, y: float, width: float, height: float) -> Markup:
    """A rectangle of a class."""
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"/>').format(
        kind, _short(x), _short(y), _short(max(0.0, width)), _short(height)
    )


def line(kind: str, start: tuple[float, float], end: tuple[float, float]) -> Markup:
    """A straight line of a class."""
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(kind, *map(_short, (*start, *end)))


def dot(kind: str, x: float, y: float, radius: float) -> Markup:
    """A disc of a class."""
    return Markup('<circle class="{}" cx="{}" cy="{}" r="{}"/>').format(kind, *map(_short, (x, y, radius)))


def label(kind: str, x: float, y: float, words: str) -> Markup:
    """Words on a line whose base is at y."""
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(kind, _short(x), _short(y), printable(words))


def cut(words: str, room: float) -> str:
    """As much of the words as is sure to fit into so many pixels, by rough widths of letters."""
    width = 0.0
    for place, letter in enumerate(words):
        width += _width(letter)
        if width > room:
            return words[: max(0, place - 1)].rstrip() + "…"
    return words


def _width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 13
    if letter in "fijlrt.,:;'|!()[] -":
        return 5
    return 12 if letter in "mwMW" else 9 if letter.isupper() or letter.isdigit() else 8


def _short(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
