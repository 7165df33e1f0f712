"""The content of a file that may be anybody's: a FIFO is not waited for, and no link followed."""

import os
import stat
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


def content_or_fault(place: Path, most: int = -1) -> bytes | str:
    """The first `most` bytes of a regular file (-1: all of it), or what is wrong with it."""
    try:
        with open(place, "rb", opener=lambda path, _: os.open(path, _FLAGS)) as file:
            return file.read(most) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else "is no regular file"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"can't be read: {error.strerror}"
