"""Values between 0 and 1 in a grid of shaded cells: heat maps, and matrices of agreement.

Every cell holds its number too, so that nothing is told by colour alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from benchmarks.metrics.rubric_kind import Direction
from benchmarks.report.charts.svg import WIDTH, box, cut, drawing, label

_HEAD, _ROW, _NARROWEST, _WIDEST = 26, 32, 34, 92

#: Room for the names of rows.
_LEFT = 148

#: How many shades the style sheet has: the classes `heat-0` to `heat-9`.
SHADES = 10


Palette = Literal["warm", "cool"]


@dataclass(frozen=True)
class Cell:
    """What a cell says, and its value from 0 to 1, which shades it; None: cannot be had."""

    words: str
    value: float | None


def grid(
    title: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[Cell]]], palette: Palette = "warm"
) -> Markup:
    """A row of cells under the columns' short names for each named row; many columns grow to the right.

    `warm` shades are for what is worse the more there is of it, `cool` ones for what is merely more.
    """
    width = min(max((WIDTH - _LEFT) / max(1, len(columns)), _NARROWEST), _WIDEST)
    heads = [label("head middle", _LEFT + (place + 0.5) * width, 17, name) for place, name in enumerate(columns)]
    shapes = [
        shape for place, (name, cells) in enumerate(rows) for shape in _row(_HEAD + place * _ROW, name, cells, width)
    ]
    said = "; ".join(f"{name}: {', '.join(cell.words for cell in cells)}" for name, cells in rows)
    size = (max(WIDTH, _LEFT + len(columns) * width), _HEAD + len(rows) * _ROW)
    return drawing(title, f"Columns: {', '.join(columns)}. {said}", size, [*heads, *shapes], palette)


def _row(top: float, name: str, cells: Sequence[Cell], width: float) -> Iterator[Markup]:
    yield label("name", 0, top + 20, cut(name, _LEFT - 4))
    for place, cell in enumerate(cells):
        shade = shade_of(cell.value)
        yield box(f"heat {shade}", _LEFT + place * width + 1, top + 1, width - 2, _ROW - 2)
        yield label(f"on {shade} middle", _LEFT + (place + 0.5) * width, top + 20, cell.words)


def palette_for(better: Direction | None) -> Palette:
    """The shades of a figure: `warm` where one of its ends is worse, `cool` where nothing says which."""
    return "warm" if better else "cool"


def badness(share: float | None, better: Direction | None) -> float | None:
    """How bad a figure is that is this share of its axis, from 0 to 1; the share itself where nothing says which end is better."""
    return 1 - share if share is not None and better == "higher" else share


def shade_of(value: float | None) -> str:
    """The class of a value from 0 to 1."""
    return "heat-none" if value is None else f"heat-{min(SHADES - 1, int(max(0.0, value) * SHADES))}"
