"""The rows of published files; a file or row that can't be read is a problem, and the rest is read."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import orjson

from benchmarks.sources.bad_rows import BadRow, Entry
from benchmarks.sources.fields import Fields
from benchmarks.sources.place import Place
from benchmarks.sources.table import Columns, check_header, entry_of, lines_of
from benchmarks.sources.text import read_utf8
from jury.errors import InputError

#: The field that holds the text of a row in a file without a header.
BARE = "prompt"
#: The field that holds the key of an object in a file that keeps its objects under keys.
KEY = "key"

T = TypeVar("T")


@dataclass(frozen=True)
class Rows:
    """Rows in a file's order, those that can't be read among them; or a sentence on a file that can't be read at all.

    Each row has its number, from 1. `count` is that of all rows.
    """

    numbered: tuple[tuple[int, Entry], ...] = ()
    problems: tuple[str, ...] = ()
    count: int = 0


def table_rows(path: Path, required: Columns) -> Rows:
    """The rows under a CSV file's header. A file that lacks a required column is a problem that names the columns it has.

    A column without a name, such as an index that was saved along, is no problem.
    """
    try:
        (start, names), *lines = lines_of(path)
        if isinstance(names, InputError):
            raise names
        header = [name.strip() or f"column {number}" for number, name in enumerate(names, 1)]
        check_header(Place(path, start), header, required)
    except InputError as error:
        return Rows(problems=(str(error),))
    return _numbered(entry_of(Place(path, number), header, cells) for number, cells in lines)


def bare_rows(path: Path, headers: Collection[str]) -> Rows:
    """The rows of a CSV file of requests, each under `prompt`: its only column, or the one that a first row names so."""
    try:
        lines = lines_of(path)
    except InputError as error:
        return Rows(problems=(str(error),))
    first = lines[0][1]
    names = [] if isinstance(first, InputError) else [cell.strip().lower() for cell in first]
    column = next((number for number, name in enumerate(names) if name in headers), None)
    read = _alone if column is None else partial(_at, column, len(names))
    below = lines if column is None else lines[1:]
    return _each(read, ((Place(path, number), cells) for number, cells in below))


def json_rows(path: Path) -> Rows:
    """The objects in the list that a JSON file is, or under the keys of its object: then each has its key as `key`."""
    try:
        entries = _entries(path)
    except InputError as error:
        return Rows(problems=(str(error),))
    return _each(_object, ((Place(path, number, "entry"), entry) for number, entry in enumerate(entries, 1)))


def json_of(path: Path) -> Any:
    """What a JSON file holds. Raises `InputError` naming file and line."""
    try:
        return orjson.loads(read_utf8(path))
    except orjson.JSONDecodeError as error:
        where = Place(path, error.lineno, "line")
        raise where.error(f"is not JSON ({error.msg} at column {error.colno})", "get the file again") from error


def _each(make: Callable[[Place, T], Fields], entries: Iterable[tuple[Place, T | InputError]]) -> Rows:
    return _numbered(_entry(make, place, entry) for place, entry in entries)


def _entry(make: Callable[[Place, T], Fields], place: Place, entry: T | InputError) -> Entry:
    try:
        if isinstance(entry, InputError):
            raise entry
        return make(place, entry)
    except InputError as error:
        return BadRow(place, error)


def _numbered(rows: Iterable[Entry]) -> Rows:
    numbered = tuple(enumerate(rows, 1))
    return Rows(numbered, (), len(numbered))


def _alone(place: Place, cells: list[str]) -> Fields:
    if len(cells) > 1:
        raise place.error(f"has {len(cells)} cells where one request is expected", "quote a request that holds commas")
    return Fields(place, {BARE: cells[0]})


def _at(column: int, width: int, place: Place, cells: list[str]) -> Fields:
    if len(cells) != width:
        raise place.error(f"has {len(cells)} cells under {width} columns", "quote a request that holds commas")
    return Fields(place, {BARE: cells[column]})


def _entries(path: Path) -> list[Any]:
    content = json_of(path)
    if isinstance(content, dict):
        return [{KEY: key, **entry} if isinstance(entry, dict) else entry for key, entry in content.items()]
    if not isinstance(content, list):
        raise Place(path).error("is neither a list nor an object of objects", "get the file again")
    return content


def _object(place: Place, entry: object) -> Fields:
    if not isinstance(entry, dict):
        raise place.error("is not a JSON object", "get the file again")
    return Fields(place, entry)
