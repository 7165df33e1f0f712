"""The sheet that drawings are made on: shapes, arrows, and one style for light and dark."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot

from markupsafe import Markup

from benchmarks.cli.printable import printable

_STYLE = Markup(
    "svg{background:#fff}text{font:13px system-ui,sans-serif;fill:#222;text-anchor:middle}.title{font-weight:bold;"
    "font-size:15px;text-anchor:start}.small{font-size:11px;fill:#555}.start{text-anchor:start}"
    ".node{fill:#e8eef6;stroke:#2f5d8c;stroke-width:1.5}.idle{fill:#f4f4f4;stroke:#bbb}.edge{stroke:#2f5d8c;fill:none;"
    "stroke-width:1.5}.faint{stroke:#ccc}.tip{fill:#2f5d8c}.positive{fill:#f6dcd8;stroke:#a33}.negative{fill:#dcefe0;"
    "stroke:#2c7a3f}.moved{stroke-width:3;stroke-dasharray:5 3}@media(prefers-color-scheme:dark){svg{background:#16191d}"
    "text{fill:#e6e6e6}.small{fill:#aaa}.node{fill:#22303f;stroke:#7fb0e0}.idle{fill:#202327;stroke:#555}"
    ".edge{stroke:#7fb0e0}.faint{stroke:#3a3f45}.tip{fill:#7fb0e0}.positive{fill:#4a2420}.negative{fill:#1f3a26}}"
)

_TIP = Markup(
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    '<path class="tip" d="M0,0 L8,4 L0,8 z"/></marker></defs>'
)

Point = tuple[float, float]


@dataclass(frozen=True)
class Node:
    """A box with words on it, about a point; `kind` is its class, `below` a second, smaller line."""

    at: Point
    words: str
    kind: str = "node"
    below: str = ""
    width: float = 110
    height: float = 34

    @property
    def drawn(self) -> Markup:
        """The box."""
        (x, y), lift = self.at, 4 if self.below else 0
        return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="6"/>{}{}').format(
            self.kind, _n(x - self.width / 2), _n(y - self.height / 2), _n(self.width), _n(self.height),
            words("", x, y + 4 - lift, _cut(self.words, self.width)),
            words("small", x, y + 13, _cut(self.below, self.width)) if self.below else Markup(""),
        )  # fmt: skip


def arrow(start: Node, end: Node, kind: str = "edge", *, tip: bool = True, bend: float = 0) -> Markup:
    """A line between the rims of two boxes, bent to one side."""
    first, last = _rim(start, end.at), _rim(end, start.at)
    middle = ((first[0] + last[0]) / 2, (first[1] + last[1]) / 2)
    length = hypot(last[0] - first[0], last[1] - first[1]) or 1
    turned = (
        middle[0] - bend * (last[1] - first[1]) / length,
        middle[1] + bend * (last[0] - first[0]) / length,
    )
    return Markup('<path class="{}" d="M{},{} Q{},{} {},{}"{}/>').format(
        kind, *map(_n, (*first, *turned, *last)), Markup(' marker-end="url(#tip)"') if tip else Markup("")
    )


def words(kind: str, x: float, y: float, text: str) -> Markup:
    """Words about a point."""
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(kind, _n(x), _n(y), printable(text))


def sheet(title: str, description: str, size: tuple[float, float], shapes: Iterable[Markup]) -> str:
    """The whole picture; whoever does not see it has its title and description."""
    width, height = size
    return str(
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {0} {1}" width="{0}" height="{1}">'
            "<title>{2}</title><desc>{3}</desc><style>{4}</style>{5}{6}</svg>\n"
        ).format(_n(width), _n(height), printable(title), printable(description), _STYLE, _TIP, Markup("").join(shapes))
    )


def _rim(box: Node, toward: Point) -> Point:
    """Where the line from a box's middle to a point leaves the box."""
    (x, y), (to_x, to_y) = box.at, toward
    away_x, away_y = to_x - x, to_y - y
    if not away_x and not away_y:
        return x, y
    scale = min(
        (box.width / 2 + 2) / abs(away_x) if away_x else float("inf"),
        (box.height / 2 + 2) / abs(away_y) if away_y else float("inf"),
    )
    return x + away_x * scale, y + away_y * scale


def _cut(text: str, width: float) -> str:
    most = max(4, int(width / 7.2))
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
