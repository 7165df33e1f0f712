"""A leaderboard as a page."""

from markupsafe import Markup, escape

from benchmarks.cli.printable import on_one_line
from benchmarks.leaderboard.board import Board
from benchmarks.leaderboard.formats.grid import caption, headings, lines
from benchmarks.leaderboard.formats.registry import board_format

_PAGE = Markup(
    """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Leaderboard</title>
<style>
body {{ font: 14px/1.5 system-ui, sans-serif; margin: 2rem; }}
table {{ border-collapse: collapse; }}
th, td {{ padding: .25rem .75rem; border-bottom: 1px solid #ccc; text-align: right; white-space: nowrap; }}
th:nth-child(2), td:nth-child(2) {{ text-align: left; }}
tbody th {{ text-align: left; padding-top: 1rem; }}
.published {{ color: #555; font-style: italic; }}
</style>
</head>
<body>
<table>
<caption>{caption}</caption>
<thead><tr>{headings}</tr></thead>
{sections}
</table>
</body>
</html>
"""
)


@board_format("html")
def html(board: Board) -> bytes:
    """A page that stands alone: no script, nothing fetched, every name escaped. Published rows have a class of their own."""
    names = headings(board)
    sections = Markup("\n").join(
        Markup("<tbody>\n<tr><th colspan={width}>{title}</th></tr>\n{rows}\n</tbody>").format(
            width=len(names),
            title=title,
            rows=Markup("\n").join(
                _row(cells, published=bool(ranked.row.published))
                for ranked, cells in zip(section, lines(board, section), strict=True)
            ),
        )
        for title, section in board.sections
    )
    page = _PAGE.format(
        caption=Markup("<br>").join(escape(note) for note in caption(board)),
        headings=_cells("th", names),
        sections=sections,
    )
    return str(page).encode()


def _row(cells: list[str], *, published: bool) -> Markup:
    start = Markup('<tr class="published">') if published else Markup("<tr>")
    return start + _cells("td", cells) + Markup("</tr>")


def _cells(tag: str, cells: list[str]) -> Markup:
    shown = (Markup("<{tag}>{cell}</{tag}>").format(tag=tag, cell=on_one_line(cell)) for cell in cells)
    return Markup("").join(shown)
