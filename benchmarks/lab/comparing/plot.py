"""Quality against cost: a point for every arm."""

from collections.abc import Iterator, Mapping, Sequence
from math import log10
from typing import Any

from markupsafe import Markup

from benchmarks.cli.printable import printable
from benchmarks.report.charts.svg import cut, dot, label, line

WIDTH, HEIGHT = 720, 420
_LEFT, _RIGHT, _TOP, _FOOT = 70, 480, 60, 350

_STYLE = Markup(
    "svg{background:#fff}text{font:13px system-ui,sans-serif;fill:#222}.title{font-weight:bold;font-size:15px}"
    ".tick,.small{font-size:11px;fill:#555}.middle{text-anchor:middle}.end{text-anchor:end}.grid{stroke:#ddd}"
    ".axis{stroke:#888}.whisker{stroke:#2f5d8c;stroke-width:1.5}.protocol{fill:#2f5d8c}.control{fill:#9aa7b5}"
    ".majority{fill:#a66b00}@media(prefers-color-scheme:dark){svg{background:#16191d}text{fill:#e6e6e6}"
    ".tick,.small{fill:#aaa}.grid{stroke:#333}.whisker{stroke:#7fb0e0}.protocol{fill:#7fb0e0}}"
)

Row = Mapping[str, Any]


def quality_against_cost(rows: Sequence[Row], notes: str = "") -> str:
    """F1 with its interval over tokens a case, as an SVG that stands alone; the names stand beside it in order."""
    spent = [max(1.0, row["tokens"] / max(1, row["cases"])) for row in rows]
    shapes = [
        label("title", 16, 26, "F1 against tokens a case, 95 % intervals"),
        label("small", 16, 44, notes),
        *_axes(spent),
    ]
    for place, (row, tokens) in enumerate(zip(rows, spent, strict=True)):
        shapes += _point(row, _x(tokens, spent), place)
    words = "; ".join(
        f"{row['name']}: F1 {'undefined' if row['f1'] is None else format(row['f1'], '.3f')} at {tokens:.0f} tokens a case"
        for row, tokens in zip(rows, spent, strict=True)
    )
    return str(
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {0} {1}" width="{0}" height="{1}">'
            "<title>Quality against cost</title><desc>{2}</desc><style>{3}</style>{4}</svg>\n"
        ).format(WIDTH, max(HEIGHT, _TOP + 24 * len(rows) + 20), printable(words), _STYLE, Markup("").join(shapes))
    )


def _axes(spent: Sequence[float]) -> Iterator[Markup]:
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        yield line("axis" if tick == 0 else "grid", (_LEFT, _y(tick)), (_RIGHT, _y(tick)))
        yield label("tick end", _LEFT - 8, _y(tick) + 4, f"{tick:g}")
    for tokens in sorted({min(spent), max(spent)}):
        yield label("tick middle", _x(tokens, spent), _FOOT + 18, f"{tokens:,.0f}")
    yield label("small middle", (_LEFT + _RIGHT) / 2, _FOOT + 36, "tokens a case (logarithmic)")


def _point(row: Row, x: float, place: int) -> Iterator[Markup]:
    if row["f1_ci"]:
        low, high = row["f1_ci"]
        yield line("whisker", (x, _y(low)), (x, _y(high)))
    if row["f1"] is not None:
        yield dot(row["kind"], x, _y(row["f1"]), 6)
        yield label("small middle", x, _y(row["f1"]) - 10, str(place + 1))
    yield label("", _RIGHT + 24, _TOP + 24 * place, f"{place + 1}  {cut(row['name'], 190)}")


def _x(tokens: float, spent: Sequence[float]) -> float:
    low, high = log10(min(spent)), log10(max(spent))
    share = (log10(tokens) - low) / (high - low) if high > low else 0.5
    return _LEFT + 24 + (_RIGHT - _LEFT - 48) * share


def _y(value: float) -> float:
    return _FOOT - (_FOOT - _TOP) * min(max(value, 0.0), 1.0)
