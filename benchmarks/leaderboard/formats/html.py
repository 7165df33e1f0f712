"""A leaderboard as a page."""

from collections.abc import Sequence

from markupsafe import Markup

from benchmarks.cli.printable import on_one_line
from benchmarks.leaderboard.board import Board, Table
from benchmarks.leaderboard.formats.grid import headings, lines, warnings
from benchmarks.leaderboard.formats.registry import board_format

_PAGE = Markup(
    """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Leaderboard</title>
<style>
body {{ font: 14px/1.5 system-ui, sans-serif; margin: 2rem; color: #222; background: #fff; }}
h2 {{ margin: 2rem 0 .5rem; font-size: 1.15rem; }}
.scroll {{ overflow-x: auto; }}
table {{ border-collapse: collapse; }}
th, td {{ padding: .25rem .75rem; border-bottom: 1px solid #ccc; text-align: right; white-space: nowrap; }}
thead th {{ white-space: normal; vertical-align: bottom; }}
th:nth-child(2), td:nth-child(2) {{ text-align: left; position: sticky; left: 0; background: #fff; }}
tbody th {{ text-align: left; padding-top: 1rem; }}
.published {{ color: #555; font-style: italic; }}
.warning {{ font-weight: bold; color: #8a2a2a; }}
</style>
</head>
<body>
<h1>Leaderboard</h1>
{warnings}
{tables}
{notes}
</body>
</html>
"""
)

_TABLE = Markup(
    """<h2>{title}</h2>
<div class="scroll" role="group" tabindex="0" aria-label="{title}">
<table>
<thead><tr>{headings}</tr></thead>
{sections}
</table>
</div>
{notes}"""
)


@board_format("html")
def html(board: Board) -> bytes:
    """A page that stands alone: no script, nothing fetched, every name escaped. Published rows have a class of their own."""
    page = _PAGE.format(
        warnings=Markup("\n").join(Markup('<p class="warning">{}</p>').format(note) for note in warnings(board)),
        tables=Markup("\n").join(_table(table) for table in board.tables),
        notes=_notes(board.notes_on_all),
    )
    return str(page).encode()


def _table(table: Table) -> Markup:
    names = headings(table)
    sections = Markup("\n").join(
        Markup("<tbody>\n<tr><th colspan={width}>{title}</th></tr>\n{rows}\n</tbody>").format(
            width=len(names),
            title=title,
            rows=Markup("\n").join(
                _row(cells, published=bool(ranked.row.published))
                for ranked, cells in zip(section, lines(table, section), strict=True)
            ),
        )
        for title, section in table.sections
    )
    return _TABLE.format(
        title=on_one_line(table.title), headings=_cells("th", names), sections=sections, notes=_notes(table.notes)
    )


def _notes(notes: Sequence[str]) -> Markup:
    listed = Markup("\n").join(Markup("<li>{}</li>").format(note) for note in notes)
    return Markup("<ul>\n{}\n</ul>").format(listed) if notes else Markup("")


def _row(cells: list[str], *, published: bool) -> Markup:
    start = Markup('<tr class="published">') if published else Markup("<tr>")
    return start + _cells("td", cells) + Markup("</tr>")


def _cells(tag: str, cells: list[str]) -> Markup:
    shown = (Markup("<{tag}>{cell}</{tag}>").format(tag=tag, cell=on_one_line(cell)) for cell in cells)
    return Markup("").join(shown)
