"""The distribution of grades as a small SVG: a row for each category, a column for each criterion."""

from collections.abc import Mapping
from html import escape

FILE = "scores.svg"

_LABEL, _CELL, _HEIGHT, _GAP, _TOP = 200, 160, 48, 24, 56
_BAR = 14
_STYLE = (
    "text{font:12px sans-serif;fill:#333}.head{font-weight:bold}.axis{stroke:#999}.bar{fill:#3b6ea5}"
    ".scale{font-size:10px;fill:#666}"
)


def grades_svg(tallies: Mapping[str, Mapping[str, list[int]]], names: Mapping[str, str]) -> str:
    """Histograms of grades from 0 to 9 by category and criterion; `names` are what categories are called.

    Every histogram has its own height; its title says how many grades it stands for and their mean.
    """
    criteria = list(next(iter(tallies.values()), {}))
    width = _LABEL + len(criteria) * (_CELL + _GAP)
    height = _TOP + len(tallies) * (_HEIGHT + _GAP)
    heads = [_text(_LABEL + n * (_CELL + _GAP), 40, name, "head") for n, name in enumerate(criteria)]
    rows = [
        _row(_TOP + n * (_HEIGHT + _GAP), names.get(category, category), tally)
        for n, (category, tally) in enumerate(tallies.items())
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">',
            "<title>Grades from 0 to 9 that members gave the queries, by category</title>",
            f"<style>{_STYLE}</style>",
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            *heads,
            *rows,
            "</svg>\n",
        ]
    )


def _row(top: int, name: str, tally: Mapping[str, list[int]]) -> str:
    cells = [
        _cell(_LABEL + n * (_CELL + _GAP), top, f"{name}, {criterion}", counts)
        for n, (criterion, counts) in enumerate(tally.items())
    ]
    return "\n".join([_text(8, top + _HEIGHT - 4, _cut(name)), *cells])


def _cell(left: int, top: int, name: str, counts: list[int]) -> str:
    total, most = sum(counts), max(counts)
    mean = f"mean {sum(grade * number for grade, number in enumerate(counts)) / total:.2f}" if total else "no grade"
    bars = [_bar(left + grade * (_BAR + 2), top, number / most) for grade, number in enumerate(counts) if number]
    foot = top + _HEIGHT
    return "\n".join(
        [
            f"<g><title>{escape(name)}: {total} grades, {mean}</title>",
            *bars,
            f'<line class="axis" x1="{left}" y1="{foot}" x2="{left + _CELL}" y2="{foot}"/>',
            _text(left + 4, foot + 11, "0", "scale"),
            _text(left + 9 * (_BAR + 2) + 4, foot + 11, "9", "scale"),
            "</g>",
        ]
    )


def _bar(left: int, top: int, share: float) -> str:
    tall = round(share * _HEIGHT, 1)
    return f'<rect class="bar" x="{left}" y="{round(top + _HEIGHT - tall, 1)}" width="{_BAR}" height="{tall}"/>'


def _text(left: int, base: int, words: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{left}" y="{base}"{named}>{escape(words)}</text>'


def _cut(name: str, longest: int = 28) -> str:
    return name if len(name) <= longest else name[: longest - 1] + "…"
