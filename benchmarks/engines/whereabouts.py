"""Where each case of a run was judged: a line per verdict in `engine.jsonl`, no part of the run or its verdicts."""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BufferedWriter
from pathlib import Path

import orjson

from jury.errors import StoppedEarlyError

FILE = "engine.jsonl"


@dataclass(frozen=True)
class Place:
    """A process that judges: the engine's name, the worker's within it, its machine and its process id."""

    engine: str
    worker: str
    node: str
    pid: int

    @classmethod
    def here(cls, engine: str, worker: str) -> "Place":
        """The process that asks."""
        return cls(engine, worker, platform.node(), os.getpid())


class Whereabouts:
    """Notes where cases were judged. A case that is judged again has another line; the last one counts."""

    def __init__(self, file: BufferedWriter) -> None:
        self._file = file

    def note(self, case_id: str, place: Place) -> None:
        """One more case. Raises `StoppedEarlyError` if the file can't be written."""
        try:
            self._file.write(orjson.dumps({"case": case_id, **asdict(place)}, option=orjson.OPT_APPEND_NEWLINE))
            self._file.flush()
        except OSError as error:
            raise StoppedEarlyError(f"{self._file.name} can't be written: {error.strerror}") from None


@contextmanager
def whereabouts(folder: Path) -> Iterator[Whereabouts]:
    """The notes in a run's folder, gone on with. Raises `StoppedEarlyError` if they can't be written."""
    path = folder / FILE
    try:
        file = path.open("ab")
    except OSError as error:
        raise StoppedEarlyError(f"{path} can't be written: {error.strerror}") from None
    with file:
        yield Whereabouts(file)
