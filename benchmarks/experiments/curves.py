"""A figure over an axis: a point for each arm, its interval as a line through it, the baseline's figure as a level."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log10

from markupsafe import Markup

from benchmarks.experiments.arms import Axis
from benchmarks.experiments.dots import Dot
from benchmarks.report.charts.svg import cut, dot, label, line
from benchmarks.report.naming import number

_LEFT, _RIGHT, _TOP, _FOOT = 60, 600, 26, 196

#: How tall a curve is with its axes, in pixels.
TALL = 236

Values = tuple[float, float]


def curve(name: str, axis: Axis, arms: Sequence[Dot], level: float | None, values: Values = (0.0, 100.0)) -> Markup:
    """The arms of one series in the order of their places; those without a figure are marked at the foot.

    `values` are the lowest and the highest value of the figure.
    """
    ordered = sorted(arms, key=lambda arm: arm.place or 0.0)
    places = [_scaled(arm.place or 0.0, axis) for arm in ordered]
    shapes = [label("head", 16, 12, cut(name, 560)), *_grid(axis, values)]
    if level is not None:
        y, digits = _y(level, values), ordered[0].digits if ordered else 1
        shapes.append(line("level", (_LEFT, y), (_RIGHT, y)))
        shapes.append(label("small end", _RIGHT, 12, f"dashed: the baseline, {number(level, digits)}"))
    points = [(_x(place, places), arm) for place, arm in zip(places, ordered, strict=True)]
    drawn = (shape for x, arm in points for shape in _point(x, arm, values))
    return Markup("").join([*shapes, *_path(points, values), *drawn])


def _grid(axis: Axis, values: Values) -> Iterator[Markup]:
    low, high = values
    for tick in (low, (low + high) / 2, high):
        y = _y(tick, values)
        yield line("axis" if tick == low else "grid", (_LEFT, y), (_RIGHT, y))
        yield label("tick end", _LEFT - 8, y + 4, f"{tick:g}")
    scale = " (logarithmic)" if axis.log else ""
    yield label("small middle", (_LEFT + _RIGHT) / 2, _FOOT + 34, axis.title + scale)


def _path(points: Sequence[tuple[float, Dot]], values: Values) -> Iterator[Markup]:
    known = [(x, _y(arm.value, values)) for x, arm in points if arm.value is not None]
    for start, end in pairwise(known):
        yield line("path", start, end)


def _point(x: float, arm: Dot, values: Values) -> Iterator[Markup]:
    yield label("tick middle", x, _FOOT + 16, f"{arm.place:g}")
    if arm.value is None:
        yield label("small middle", x, _FOOT - 6, "none")
        return
    if arm.interval:
        low, high = arm.interval
        yield line("whisker", (x, _y(low, values)), (x, _y(high, values)))
    y = _y(arm.value, values)
    yield dot("dot", x, y, 5)
    yield label("small", x + 8, y - 6, number(arm.value, arm.digits))


def _scaled(place: float, axis: Axis) -> float:
    return log10(place) if axis.log else place


def _x(place: float, places: Sequence[float]) -> float:
    """Between the ends of the axis, with room beside the outermost points."""
    low, high = min(places), max(places)
    share = (place - low) / (high - low) if high > low else 0.5
    return _LEFT + 24 + (_RIGHT - _LEFT - 64) * share


def _y(value: float, values: Values) -> float:
    low, high = values
    return _FOOT - (_FOOT - _TOP) * (min(max(value, low), high) - low) / (high - low)
