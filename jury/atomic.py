"""Files that are there whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def write_atomically(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file piece by piece under a passing name and move it into place; readers never see half of it."""
    with taking_its_place(path) as passing, passing.open("wb") as file:
        file.writelines(chunks)


@contextmanager
def taking_its_place(path: Path) -> Iterator[Path]:
    """A passing file of the same suffix for others to write; it takes the place of `path` once it is whole and on disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=path.suffix)
    os.close(handle)
    passing = Path(name)
    try:
        yield passing
        with passing.open("rb") as file:
            os.fsync(file.fileno())
        passing.replace(path)
    except BaseException:
        passing.unlink(missing_ok=True)
        raise
