"""Counts as horizontal bars, each with its name and number beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from benchmarks.report.charts.svg import WIDTH, box, cut, drawing, label

_LEFT, _ROW, _BAR, _ROOM = 96, 30, 18, 84


@dataclass(frozen=True)
class Bar:
    """A named count; `kind` is the class that colours it."""

    name: str
    count: int
    kind: str = "bar"


def bars(title: str, rows: Sequence[Bar]) -> Markup:
    """A bar for each count, to the scale of their sum."""
    total = sum(row.count for row in rows)
    shapes = [shape for place, row in enumerate(rows) for shape in _row(4 + place * _ROW, row, total)]
    said = "; ".join(f"{row.name}: {_share(row.count, total)}" for row in rows)
    return drawing(title, said, (WIDTH, 8 + len(rows) * _ROW), shapes)


def _row(top: float, row: Bar, total: int) -> Iterator[Markup]:
    width = (WIDTH - _LEFT - _ROOM) * row.count / total if total else 0
    yield label("name", 0, top + 19, cut(row.name, _LEFT - 6))
    yield box(f"bar {row.kind}", _LEFT, top + 5, max(width, 1.5 if row.count else 0), _BAR)
    yield label("value", _LEFT + width + 7, top + 19, _share(row.count, total))


def _share(count: int, total: int) -> str:
    return f"{count:,} ({count / total:.0%})" if total else "0"
