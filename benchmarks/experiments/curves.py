"""The ASR over an axis: a point for each arm, its interval as a line through it, the baseline's ASR as a level."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import log10
from typing import Any

from markupsafe import Markup

from benchmarks.experiments.arms import Axis
from benchmarks.report.charts.svg import cut, dot, label, line
from benchmarks.report.naming import number

_LEFT, _RIGHT, _TOP, _FOOT = 60, 600, 26, 196

#: How tall a curve is with its axes, in pixels.
TALL = 236

Point = Mapping[str, Any]


def curve(name: str, axis: Axis, arms: Sequence[Point], level: float | None) -> Markup:
    """The arms of one series in the order of their places; those without a figure are marked at the foot."""
    ordered = sorted(arms, key=lambda arm: float(arm["place"]))
    places = [_scaled(arm["place"], axis) for arm in ordered]
    shapes = [label("head", 16, 12, cut(name, 560)), *_grid(axis)]
    if level is not None:
        shapes.append(line("level", (_LEFT, _y(level)), (_RIGHT, _y(level))))
        shapes.append(label("small end", _RIGHT, 12, f"dashed: the baseline, {number(level)}"))
    points = [(_x(place, places), arm) for place, arm in zip(places, ordered, strict=True)]
    return Markup("").join([*shapes, *_path(points), *(shape for x, arm in points for shape in _point(x, arm))])


def _grid(axis: Axis) -> Iterator[Markup]:
    for tick in (0, 50, 100):
        yield line("axis" if tick == 0 else "grid", (_LEFT, _y(tick)), (_RIGHT, _y(tick)))
        yield label("tick end", _LEFT - 8, _y(tick) + 4, str(tick))
    scale = " (logarithmic)" if axis.log else ""
    yield label("small middle", (_LEFT + _RIGHT) / 2, _FOOT + 34, axis.title + scale)


def _path(points: Sequence[tuple[float, Point]]) -> Iterator[Markup]:
    known = [(x, _y(arm["asr"])) for x, arm in points if arm["asr"] is not None]
    for start, end in pairwise(known):
        yield line("path", start, end)


def _point(x: float, arm: Point) -> Iterator[Markup]:
    yield label("tick middle", x, _FOOT + 16, f"{arm['place']:g}")
    if arm["asr"] is None:
        yield label("small middle", x, _FOOT - 6, "none")
        return
    if arm["asr_ci"]:
        low, high = arm["asr_ci"]
        yield line("whisker", (x, _y(low)), (x, _y(high)))
    yield dot("dot", x, _y(arm["asr"]), 5)
    yield label("small", x + 8, _y(arm["asr"]) - 6, number(arm["asr"]))


def _scaled(place: float, axis: Axis) -> float:
    return log10(place) if axis.log else place


def _x(place: float, places: Sequence[float]) -> float:
    """Between the ends of the axis, with room beside the outermost points."""
    low, high = min(places), max(places)
    share = (place - low) / (high - low) if high > low else 0.5
    return _LEFT + 24 + (_RIGHT - _LEFT - 64) * share


def _y(value: float) -> float:
    return _FOOT - (_FOOT - _TOP) * min(max(value, 0), 100) / 100
