"""A leaderboard as Markdown."""

from benchmarks.generation.published.markdown import plain_words
from benchmarks.leaderboard.board import Board, Table
from benchmarks.leaderboard.formats.grid import headings, lines, warnings
from benchmarks.leaderboard.formats.registry import board_format


@board_format("md")
def markdown(board: Board) -> bytes:
    """A heading for every suite, a table for every section, in GitHub's Markdown; no name can start markup, a link or a cell."""
    told = [f"**{plain_words(note)}**\n" for note in warnings(board)]
    for table in board.tables:
        told += _table(table)
    told += [f"- {plain_words(note)}" for note in board.notes_on_all]
    return ("\n".join(told).rstrip("\n") + "\n").encode()


def _table(table: Table) -> list[str]:
    names = [plain_words(name) for name in headings(table)]
    told = [f"## {plain_words(table.title)}", ""]
    for title, section in table.sections:
        cells = [
            names,
            ["---"] * len(names),
            *([plain_words(cell) for cell in line] for line in lines(table, section)),
        ]
        told += [f"### {plain_words(title)}", "", *(f"| {' | '.join(line)} |" for line in cells), ""]
    return [*told, *(f"- {plain_words(note)}" for note in table.notes), ""]
