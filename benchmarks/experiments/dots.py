"""Figures row by row on one axis: a dot, its interval as a line, its bounds as a band."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from benchmarks.report.charts.svg import box, cut, dot, label, line
from benchmarks.report.naming import number

_LEFT, _RIGHT, _TOP, _ROW = 220, 580, 24, 30

Pair = Sequence[float]


@dataclass(frozen=True)
class Dot:
    """One figure, shown with so many digits; None: cannot be had. `place` is where it stands on an axis, if on one."""

    name: str
    value: float | None
    interval: Pair | None = None
    bounds: Pair | None = None
    place: float | None = None
    digits: int = 1


def dots(heading: str, rows: Sequence[Dot], axis: tuple[float, float]) -> Markup:
    """The rows under a heading, with the axis below."""
    foot = _TOP + len(rows) * _ROW
    shapes = [label("head", 16, 12, heading), *_ticks(foot, axis)]
    shapes += [shape for place, row in enumerate(rows) for shape in _row(_TOP + place * _ROW, row, axis)]
    return Markup("").join(shapes)


def height_of(rows: Sequence[Dot]) -> int:
    """How tall so many rows are, in pixels."""
    return _TOP + len(rows) * _ROW + 20


def _ticks(foot: float, axis: tuple[float, float]) -> Iterator[Markup]:
    low, high = axis
    for tick in (low, low + (high - low) / 2, high):
        x = _x(tick, axis)
        yield line("grid", (x, _TOP), (x, foot))
        yield label("tick middle", x, foot + 15, f"{tick:g}")


def _row(top: float, row: Dot, axis: tuple[float, float]) -> Iterator[Markup]:
    middle = top + _ROW / 2
    yield label("name", 16, middle + 5, cut(row.name, _LEFT - 30))
    if row.bounds:
        low, high = (_x(end, axis) for end in row.bounds)
        yield box("band", low, middle - 8, high - low, 16)
    if row.interval:
        low, high = (_x(end, axis) for end in row.interval)
        yield line("whisker", (low, middle), (high, middle))
    if row.value is None:
        yield label("small", _LEFT, middle + 5, "cannot be had")
        return
    yield dot("dot", _x(row.value, axis), middle, 5)
    yield label("value", _RIGHT + 14, middle + 5, number(row.value, row.digits))


def _x(value: float, axis: tuple[float, float]) -> float:
    return _LEFT + (_RIGHT - _LEFT) * (min(max(value, axis[0]), axis[1]) - axis[0]) / (axis[1] - axis[0])
