"""Reading files that somebody else wrote: regular ones only, and never more than a bound."""

import os
import stat
from pathlib import Path

from jury.errors import InputError

#: Opening a FIFO must not wait for its writer.
_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)

#: Largest file of settings (YAML, JSON, a template), in bytes.
SETTINGS_BYTES = 10_000_000

#: Largest file of cases, in bytes.
DATA_BYTES = 2_000_000_000


def read_regular(path: Path, most: int = SETTINGS_BYTES) -> bytes:
    """The bytes of a regular file. Raises `OSError` as reading does, `InputError` for a pipe, a device, or one that is too large."""
    with open(path, "rb", opener=lambda name, _: os.open(name, _FLAGS)) as stream:
        found = os.fstat(stream.fileno())
        if not stat.S_ISREG(found.st_mode):
            if stat.S_ISDIR(found.st_mode):
                raise IsADirectoryError(21, "Is a directory", str(path))
            raise InputError(f"{path} is no regular file but a pipe, a device or a socket; name a regular file")
        content = stream.read(most + 1)
    if len(content) > most:
        raise InputError(f"{path} is larger than {most:,} bytes; name a smaller file")
    return content
