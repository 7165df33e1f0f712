"""What a format of a leaderboard is."""

from collections.abc import Callable

from benchmarks.leaderboard.board import Board
from jury.registry import Registry

Writer = Callable[[Board], bytes]

#: Other distributions add theirs through the entry-point group `multimodal_jury.board_format`.
FORMATS: Registry[Writer] = Registry("board_format")


def board_format(name: str) -> Callable[[Writer], Writer]:
    """Register a format: a function from a board to the bytes of a file, in which no name or label can act."""
    return FORMATS.add(name)
