"""A leaderboard as LaTeX."""

from benchmarks.cli.printable import on_one_line
from benchmarks.leaderboard.board import Board
from benchmarks.leaderboard.formats.grid import caption, headings, lines
from benchmarks.leaderboard.formats.registry import board_format

#: What means something to LaTeX, and how it is shown.
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    '"': r"\textquotedbl{}", "–": "--", "·": r"\textperiodcentered{}", "÷": r"\ensuremath{\div}", "[": "{[}", "]": "{]}",
}  # fmt: skip


@board_format("latex")
def latex(board: Board) -> bytes:
    """A `tabular` with `booktabs` in a `table`; no name can be a command or end a cell."""
    names = headings(board)
    told = [
        r"% needs \usepackage[T1]{fontenc} and \usepackage{booktabs}",
        r"\begin{table}",
        r"\centering",
        rf"\begin{{tabular}}{{rl{'r' * len(board.columns)}llll}}",
        r"\toprule",
        _line(names),
    ]
    for title, section in board.sections:
        told += [r"\midrule", rf"\multicolumn{{{len(names)}}}{{l}}{{\textit{{{_shown(title)}}}}} \\"]
        told += [_line(cells) for cells in lines(board, section)]
    notes = " ".join(_shown(note) for note in caption(board))
    told += [r"\bottomrule", r"\end{tabular}", rf"\caption{{{notes}}}", r"\end{table}"]
    return ("\n".join(told) + "\n").encode()


def _line(cells: list[str]) -> str:
    return " & ".join(map(_shown, cells)) + r" \\"


def _shown(words: str) -> str:
    return "".join(_SPECIAL.get(one, one) for one in on_one_line(words, 2000))
