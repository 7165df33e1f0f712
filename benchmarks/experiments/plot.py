"""An experiment as a picture that stands alone: rows of figures with their intervals, or curves over an axis."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from benchmarks.cli.printable import printable
from benchmarks.experiments.arms import Axis
from benchmarks.experiments.curves import TALL, curve
from benchmarks.experiments.dots import Dot, dots, height_of
from benchmarks.experiments.tables import REHEARSAL
from benchmarks.metrics.measures import better_end, digits_of, titled
from benchmarks.report.charts.svg import label
from benchmarks.report.naming import interval, number
from jury.committee.scoring import CRITERIA

WIDTH, _TOP, _GAP = 640, 64, 28

_STYLE = Markup(
    "text{font:13px system-ui,sans-serif;fill:#222}.title{font-weight:bold;font-size:15px}.head{font-weight:bold}"
    ".tick,.small{font-size:11px;fill:#555}.middle{text-anchor:middle}.end{text-anchor:end}.warn{fill:#a33}"
    ".grid{stroke:#ddd}.axis{stroke:#888}.band{fill:#e3e8ef}.whisker{stroke:#2f5d8c;stroke-width:2}"
    ".path{stroke:#2f5d8c;stroke-width:1.5}.level{stroke:#a66b00;stroke-dasharray:5 4}.dot{fill:#2f5d8c}"
)

Document = Mapping[str, Any]


def plot(document: Document, axes: Mapping[str, Axis]) -> str:
    """The first headline of every arm with its interval: over each axis there is, else row by row; and a committee's grades."""
    figure = document["headlines"][0]
    title = f"{document['experiment']}: {titled(figure['label'], figure['unit'], None)}, 95 % intervals"
    shapes, top = [label("title", 16, 26, title)], _TOP
    if document["rehearsal"]:
        shapes.append(label("small warn", 16, 46, REHEARSAL))
    for block, height in _blocks(document, axes):
        shapes.append(Markup('<g transform="translate(0 {})">{}</g>').format(top, block))
        top += height + _GAP
    return _standing_alone(title, _said(document), top, shapes)


def _blocks(document: Document, axes: Mapping[str, Axis]) -> Iterator[tuple[Markup, int]]:
    arms, figure = document["arms"], document["headlines"][0]
    better = better_end(figure["direction"])
    if axes:
        for series, axis in axes.items():
            ours = [_dot(arm, figure) for arm in arms if arm.get("series") == series]
            yield curve(series, axis, ours, _level(arms, figure), tuple(figure["axis"])), TALL
    else:
        heading = "; ".join(filter(None, [figure["heading"], better, "the band is its bounds"]))
        yield _rows(heading, [_dot(arm, figure) for arm in arms], tuple(figure["axis"]))
    for criterion in CRITERIA if document["grades"] else ():
        graded = [Dot(one["name"], one[criterion]["mean"], one[criterion]["ci"]) for one in document["grades"]]
        yield _rows(f"{criterion}, 0 to 9", graded, (0, 9))


def _rows(heading: str, rows: Sequence[Dot], axis: tuple[float, float]) -> tuple[Markup, int]:
    return dots(heading, rows, axis), height_of(rows)


def _dot(arm: Document, figure: Document) -> Dot:
    value, interval, bounds = (arm.get(f"{figure['measure']}{end}") for end in ("", "_ci", "_bounds"))
    return Dot(arm["name"], value, interval, bounds, arm.get("place"), digits_of(figure["unit"]))


def _level(arms: Sequence[Document], figure: Document) -> float | None:
    """The baseline's figure where it stands on no axis itself."""
    return arms[0].get(figure["measure"]) if "place" not in arms[0] else None


def _said(document: Document) -> str:
    """The picture in words."""
    start = [REHEARSAL] if document["rehearsal"] else []
    found = [_dot(arm, document["headlines"][0]) for arm in document["arms"]]
    figures = [
        f"{one.name}: {number(one.value, one.digits)} {interval(one.interval, one.digits)}".rstrip() for one in found
    ]
    return " ".join([*start, document["sentence"], "; ".join(figures) + "."])


def _standing_alone(title: str, description: str, height: int, shapes: Sequence[Markup]) -> str:
    return str(
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {0} {1}" width="{0}" height="{1}" '
            'aria-labelledby="title desc"><title id="title">{2}</title><desc id="desc">{3}</desc><style>{4}</style>'
            '<rect width="{0}" height="{1}" fill="#fff"/>{5}</svg>\n'
        ).format(WIDTH, height, printable(title), printable(description), _STYLE, Markup("").join(shapes))
    )
