"""A leaderboard on its way out: to the terminal, to a file, to a program."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.cli.writing import writable
from benchmarks.leaderboard import FORMATS, Board
from jury.atomic import write_atomically
from jury.errors import InputError

#: Formats that a terminal can't show.
_BINARY = frozenset({"parquet"})


def print_board(board: Board) -> None:
    """Print the board as one JSON object."""
    sys.stdout.write(json.dumps(asdict(board), indent=2) + "\n")


def write_board(board: Board, name: str, out: Path | None) -> None:
    """Write the board in a format. Raises `InputError` for an unknown one, and for bytes without a file to go to."""
    writer = FORMATS.get(name)
    if out is None and name in _BINARY:
        raise InputError(f"--format {name} is no text; name a file with -o")
    content = writer(board)
    if out is None:
        sys.stdout.write(content.decode())
    else:
        with writable(out):
            write_atomically(out, [content])
