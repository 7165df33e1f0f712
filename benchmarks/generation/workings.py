"""What the making of a set leaves beside the set itself: the plan, the ledger, and what each stage made.

It lies in a folder of its own, so that what is published is the set and nothing else.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from jury.atomic import write_atomically
from jury.errors import InputError
from jury.records import Record

FOLDER = "workings"

#: What each stage made, a record a line.
QUERIES, ATTEMPTS, DRAWINGS, RECORDINGS = "queries.jsonl", "attempts.jsonl", "drawings.jsonl", "recordings.jsonl"

R = TypeVar("R", bound=Record)


def workings(out: Path) -> Path:
    """The folder of a set's workings."""
    return out / FOLDER


def write_records(path: Path, records: Iterable[Record]) -> None:
    """Write records, one a line; what was there is replaced as a whole."""
    write_atomically(path, (record.to_json() + b"\n" for record in records), private=True)


def read_records(path: Path, kind: type[R]) -> tuple[R, ...]:
    """The records of a file, none where there is no file. Raises `InputError` that names file and line."""
    return tuple(_records(path, kind)) if path.exists() else ()


def _records(path: Path, kind: type[R]) -> Iterator[R]:
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            yield kind.from_json(line)
        except ValidationError:
            raise InputError(
                f"{path} line {number} is no {kind.__name__.lower()}; run the stage that wrote it again"
            ) from None
