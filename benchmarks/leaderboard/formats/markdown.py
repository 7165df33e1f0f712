"""A leaderboard as Markdown."""

from benchmarks.generation.published.markdown import plain_words
from benchmarks.leaderboard.board import Board
from benchmarks.leaderboard.formats.grid import caption, headings, lines
from benchmarks.leaderboard.formats.registry import board_format


@board_format("md")
def markdown(board: Board) -> bytes:
    """A table for every section, in GitHub's Markdown; no name can start markup, a link or a cell."""
    names = headings(board)
    told: list[str] = []
    for title, section in board.sections:
        table = [
            names,
            ["---"] * len(names),
            *([plain_words(cell) for cell in cells] for cells in lines(board, section)),
        ]
        told += [f"### {plain_words(title)}", "", *(f"| {' | '.join(cells)} |" for cells in table), ""]
    told += [f"- {plain_words(note)}" for note in caption(board)]
    return ("\n".join(told) + "\n").encode()
