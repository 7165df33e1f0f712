"""Many runs in one table, with published figures beside them and never among them unsaid."""

from benchmarks.leaderboard.board import Board, leaderboard
from benchmarks.leaderboard.columns import COLUMNS, Column
from benchmarks.leaderboard.formats import FORMATS, board_format
from benchmarks.leaderboard.published import read_published
from benchmarks.leaderboard.rows import Figure, Row, row_of

__all__ = [
    "COLUMNS", "FORMATS", "Board", "Column", "Figure", "Row", "board_format", "leaderboard", "read_published", "row_of",
]  # fmt: skip
