"""Figures with their intervals and bounds on one axis, a row for each run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from benchmarks.report.charts.svg import WIDTH, box, dot, drawing, label, line
from benchmarks.report.naming import interval, number

_LEFT, _RIGHT, _TOP, _ROW = 34, WIDTH - 14, 8, 46


@dataclass(frozen=True)
class Range:
    """One figure, written with so many digits; `interval` is drawn as a line, `bounds` as a band. None: cannot be had."""

    name: str
    value: float | None
    interval: tuple[float, float] | None = None
    bounds: tuple[float, float] | None = None
    digits: int = 1

    def __str__(self) -> str:
        """The figure as a sentence's part."""
        said = f"{self.name}: {number(self.value, self.digits)} {interval(self.interval, self.digits)}".rstrip()
        return (
            f"{said}, bounds {number(self.bounds[0], self.digits)} to {number(self.bounds[1], self.digits)}"
            if self.bounds
            else said
        )


def ranges(title: str, rows: Sequence[Range], axis: tuple[float, float] = (0, 100)) -> Markup:
    """A dot for each figure on a common axis, its interval as a line through it, its bounds as a band behind it."""
    height = _TOP + len(rows) * _ROW + 24
    shapes = [shape for number_, row in enumerate(rows) for shape in _row(_TOP + number_ * _ROW, row, axis)]
    return drawing(title, "; ".join(map(str, rows)), (WIDTH, height), [*_ticks(height, axis), *shapes])


def _ticks(height: float, axis: tuple[float, float]) -> Iterator[Markup]:
    low, high = axis
    for tick in (low, low + (high - low) / 2, high):
        x = _x(tick, axis)
        yield line("grid", (x, _TOP), (x, height - 22))
        yield label("tick middle", x, height - 6, f"{tick:g}")


def _row(top: float, row: Range, axis: tuple[float, float]) -> Iterator[Markup]:
    middle = top + 30
    yield label("name", 2, middle + 5, row.name)
    if row.bounds:
        yield box("band", _x(row.bounds[0], axis), middle - 9, _x(row.bounds[1], axis) - _x(row.bounds[0], axis), 18)
    if row.interval:
        yield line("whisker", (_x(row.interval[0], axis), middle), (_x(row.interval[1], axis), middle))
    if row.value is None:
        yield label("small", _LEFT, middle + 5, "cannot be had")
        return
    x = _x(row.value, axis)
    yield dot("dot", x, middle, 6)
    yield label("value middle", min(max(x, _LEFT + 14), _RIGHT - 14), middle - 13, number(row.value, row.digits))


def _x(value: float, axis: tuple[float, float]) -> float:
    return _LEFT + (_RIGHT - _LEFT) * (min(max(value, axis[0]), axis[1]) - axis[0]) / (axis[1] - axis[0])
