"""A leaderboard on its way out: to the terminal, to a file, to a program."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.cli.writing import writable
from benchmarks.leaderboard import FORMATS, Board
from jury.atomic import write_atomically
from jury.errors import InputError

#: Formats that a terminal can't show.
_BINARY = frozenset({"parquet"})


def print_board(board: Board) -> None:
    """Print the board as one JSON object: every table, and the columns, sections and notes of all tables together."""
    whole = {"columns": board.columns, "sections": board.sections, "notes": board.notes, "rehearsal": board.rehearsal}
    document = {**whole, "tables": board.tables}
    sys.stdout.write(json.dumps(document, indent=2, default=_plain) + "\n")


def _plain(record: Any) -> dict[str, Any]:
    """A record of the board as JSON can hold it."""
    return asdict(record)


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
