"""The formats of a leaderboard. Every module in this folder is imported: a new format is one new file."""

from benchmarks.leaderboard.formats.registry import FORMATS, board_format
from jury.registry import import_folder

__all__ = ["FORMATS", "board_format"]

import_folder(__name__, __path__)
