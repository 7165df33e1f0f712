"""JSON Lines: one case a line."""

from pathlib import Path

from benchmarks.sources.bad_rows import BadRow, Entry, check_some
from benchmarks.sources.exhibits import Exhibits
from benchmarks.sources.json_object import object_in
from benchmarks.sources.loaded import Loaded
from benchmarks.sources.place import Place
from benchmarks.sources.row import cases_of
from benchmarks.sources.text import not_utf8, read_utf8
from jury.errors import InputError
from jury.media import NOWHERE, MediaStore, Remote
from jury.text_rows import is_text


def load(path: Path, media: MediaStore, limit: int | None, remote: Remote = NOWHERE) -> Loaded:
    """The cases of a JSONL file; a bad line is an invalid case. Raises `InputError` where no line can be read."""
    cases, bad = cases_of(objects_in(path), Exhibits(path.parent, media, remote), limit)
    return Loaded.of(path.stem, cases, bad=bad)


def objects_in(path: Path) -> tuple[Entry, ...]:
    """The objects of a JSONL file, one a line. Raises `InputError` for a file without a line that holds one."""
    # Only a line feed ends a line: other separators of lines may stand inside a JSON string.
    lines = enumerate(read_utf8(path, by_rows=True).split("\n"), 1)
    entries = tuple(_entry(line, Place(path, number, "line")) for number, line in lines if line.strip())
    check_some(entries)
    return entries


def _entry(line: str, place: Place) -> Entry:
    try:
        if not is_text(line):
            raise not_utf8(place)
        return object_in(line, place)
    except InputError as error:
        return BadRow(place, error)
