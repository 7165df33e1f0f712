"""A leaderboard on a terminal."""

import io

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.printable import on_one_line
from benchmarks.leaderboard.board import Board
from benchmarks.leaderboard.formats.grid import CONTEXT, caption, headings, lines
from benchmarks.leaderboard.formats.registry import board_format

#: Characters of a name or a source, and of a line.
_WIDTH, _WIDEST = 60, 400


@board_format("terminal")
def terminal(board: Board) -> bytes:
    """A table for a terminal, without colours; control characters are shown and not obeyed.

    What all runs have in common (source, jury, rubric) takes no column.
    """
    console = Console(file=io.StringIO(), width=_WIDEST, highlight=False, no_color=True)
    table = Table(box=None, padding=(0, 1, 0, 0))
    shown = _telling(board)
    for name in (heading for heading, told in zip(headings(board), shown, strict=True) if told):
        heading = Text(on_one_line(name, _WIDTH))
        table.add_column(heading, no_wrap=True, justify="left" if name in {"model", *CONTEXT} else "right")
    for title, section in board.sections:
        table.add_row("", Text(title, "bold"))
        for cells in lines(board, section):
            table.add_row(*(Text(on_one_line(cell, _WIDTH)) for cell, told in zip(cells, shown, strict=True) if told))
    with console.capture() as captured:
        console.print(table)
        for note in caption(board):
            console.print(Text(note))
    return "".join(line.rstrip() + "\n" for line in captured.get().splitlines()).encode()


def _telling(board: Board) -> list[bool]:
    """Which columns tell rows apart; figures and names always do."""
    own = [cells for _, section in board.sections for cells in lines(board, section) if section]
    context = range(len(headings(board)) - len(CONTEXT) + 1, len(headings(board)))
    return [place not in context or len({cells[place] for cells in own}) > 1 for place in range(len(headings(board)))]
