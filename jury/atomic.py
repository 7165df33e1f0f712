"""Files that are there whole or not at all, and who may read them.

What is meant for others (results, reports, data sets, manifests) follows the umask; what holds texts of models or of cases
(ledgers, media, verdicts, drafts) is its owner's alone.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

#: The modes of files and folders that their owner alone may read.
PRIVATE, PRIVATE_FOLDER = 0o600, 0o700

#: The mode that the umask is taken from.
_SHARED = 0o666


def write_atomically(path: Path, chunks: Iterable[bytes], *, private: bool = False) -> None:
    """Write a file piece by piece under a passing name and move it into place; readers never see half of it.

    A `private` one can be read by its owner alone.
    """
    with taking_its_place(path, private=private) as passing, passing.open("wb") as file:
        file.writelines(chunks)


@contextmanager
def taking_its_place(path: Path, *, private: bool = False) -> Iterator[Path]:
    """A passing file of the same suffix for others to write; it takes the place of `path` once it is whole and on disk."""
    passing = path.with_name(f".{path.name}-{uuid4().hex}{path.suffix}")
    os.close(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE if private else _SHARED))
    try:
        yield passing
        with passing.open("rb") as file:
            os.fsync(file.fileno())
        passing.replace(path)
    except BaseException:
        passing.unlink(missing_ok=True)
        raise


def make_private_file(path: Path) -> None:
    """An empty file that its owner alone may read, where none is yet. What cannot be made is left to whoever opens it."""
    with suppress(OSError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))
