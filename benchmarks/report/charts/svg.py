"""The few shapes charts are drawn from. Colours and type come from the page's style sheet, by class."""

from collections.abc import Iterable

from markupsafe import Markup

from benchmarks.cli.printable import printable

#: Width that a phone shows without scaling, in pixels.
WIDTH = 340


def drawing(title: str, description: str, size: tuple[float, float], shapes: Iterable[Markup]) -> Markup:
    """An image of that width and height, named and described for those who don't see it."""
    width, height = size
    return Markup(
        '<svg class="chart" role="img" viewBox="0 0 {0} {1}" width="{0}" height="{1}">'
        "<title>{2}</title><desc>{3}</desc>{4}</svg>"
    ).format(_short(width), _short(height), printable(title), printable(description), Markup("").join(shapes))


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


def cut(words: str, longest: int) -> str:
    """The words if they are short enough to be drawn, else their beginning."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _short(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
