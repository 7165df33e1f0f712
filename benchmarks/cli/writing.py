"""Files that a command writes where it is told to."""

import sys
from collections.abc import Iterable
from pathlib import Path

from jury.atomic import write_atomically
from jury.errors import InputError


def write_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file, whole or not at all, and say where. Raises `InputError` where it can't be written."""
    try:
        write_atomically(path, chunks)
    except OSError as error:
        raise InputError(f"{path} can't be written: {error.strerror}; choose another") from None
    sys.stdout.write(f"Written to {path}\n")
