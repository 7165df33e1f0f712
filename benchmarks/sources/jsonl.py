"""JSON Lines: one case a line."""

from pathlib import Path

from benchmarks.sources.exhibits import Exhibits
from benchmarks.sources.fields import Fields
from benchmarks.sources.json_object import object_in
from benchmarks.sources.loaded import Loaded
from benchmarks.sources.place import Place
from benchmarks.sources.row import cases_of
from benchmarks.sources.text import read_utf8
from jury.media import NOWHERE, MediaStore, Remote
from jury.records import Case


def load(path: Path, media: MediaStore, limit: int | None, remote: Remote = NOWHERE) -> Loaded:
    """The cases of a JSONL file. Raises `InputError` naming file, line and field."""
    return Loaded.of(path.stem, read_cases(path, media, limit, remote))


def read_cases(path: Path, media: MediaStore, limit: int | None = None, remote: Remote = NOWHERE) -> tuple[Case, ...]:
    """The first `limit` cases of a JSONL file, or all; file names in it are relative to its folder."""
    return cases_of(objects_in(path), Exhibits(path.parent, media, remote), limit)


def objects_in(path: Path) -> tuple[Fields, ...]:
    """The objects of a JSONL file, one a line. Raises `InputError` naming file and line."""
    # Only a line feed ends a line: other separators of lines may stand inside a JSON string.
    lines = enumerate(read_utf8(path).split("\n"), 1)
    return tuple(object_in(line, Place(path, number, "line")) for number, line in lines if line.strip())
