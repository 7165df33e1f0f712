"""A leaderboard as LaTeX."""

from collections.abc import Sequence

from benchmarks.cli.printable import on_one_line
from benchmarks.leaderboard.board import Board, Table
from benchmarks.leaderboard.formats.grid import headings, lines, warnings_on
from benchmarks.leaderboard.formats.registry import board_format

#: What means something to LaTeX, and how it is shown.
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    '"': r"\textquotedbl{}", "–": "--", "↓": r"\ensuremath{\downarrow}", "↑": r"\ensuremath{\uparrow}", "·": r"\textperiodcentered{}", "÷": r"\ensuremath{\div}", "[": "{[}", "]": "{]}",
}  # fmt: skip


@board_format("latex")
def latex(board: Board) -> bytes:
    """A `tabular` with `booktabs` in a `table` for every suite; no name can be a command or end a cell."""
    told = [r"% needs \usepackage[T1]{fontenc} and \usepackage{booktabs}"]
    for place, table in enumerate(board.tables, start=1):
        last = board.notes_on_all if place == len(board.tables) else ()
        told += _table(table, [*warnings_on(table), *table.notes, *last])
    return ("\n".join(told) + "\n").encode()


def _table(table: Table, caption: Sequence[str]) -> list[str]:
    names = headings(table)
    told = [
        r"\begin{table}",
        r"\centering",
        rf"\begin{{tabular}}{{rl{'r' * len(table.columns)}llll}}",
        r"\toprule",
        _line(names),
    ]
    for title, section in table.sections:
        told += [r"\midrule", rf"\multicolumn{{{len(names)}}}{{l}}{{\textit{{{_shown(title)}}}}} \\"]
        told += [_line(cells) for cells in lines(table, section)]
    notes = " ".join(_shown(note) for note in (f"{table.title}.", *caption))
    return [*told, r"\bottomrule", r"\end{tabular}", rf"\caption{{{notes}}}", r"\end{table}"]


def _line(cells: list[str]) -> str:
    return " & ".join(map(_shown, cells)) + r" \\"


def _shown(words: str) -> str:
    return "".join(_SPECIAL.get(one, one) for one in on_one_line(words, 2000))
