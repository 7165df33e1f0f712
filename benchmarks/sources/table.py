"""CSV files: rows under a header, and the cases they describe."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.sources.exhibits import Exhibits
from benchmarks.sources.fields import Fields
from benchmarks.sources.labels import ANNOTATOR
from benchmarks.sources.loaded import Loaded
from benchmarks.sources.place import Place, field_name, nearest
from benchmarks.sources.row import FLAT_FIELDS, cases_of
from benchmarks.sources.text import read_utf8
from jury.media import NOWHERE, MediaStore, Remote

#: Columns a file must have, each by any of its names.
Columns = Sequence[tuple[str, ...]]

_CASE_COLUMNS: Columns = (("item_id", "id"), ("prompt",))
_LONGEST_CELL = 10_000_000
_MOST_COLUMNS_SHOWN = 12


def load(path: Path, media: MediaStore, limit: int | None, remote: Remote = NOWHERE) -> Loaded:
    """The cases of a CSV file. Raises `InputError` naming file, row and field."""
    cases = cases_of(read_cases(path), Exhibits(path.parent, media, remote), limit)
    return Loaded.of(path.stem, cases)


def read_cases(path: Path, also: Columns = ()) -> tuple[Fields, ...]:
    """The rows of a file of cases, columns of the author's own gathered under `metadata`."""
    return tuple(replace(row, values=_gathered(row.values)) for row in read_table(path, (*_CASE_COLUMNS, *also)))


def read_table(path: Path, required: Columns) -> tuple[Fields, ...]:
    """The rows under the header as text by column. Raises `InputError` for anything but a regular table with these columns."""
    (start, names), *rows = lines_of(path)
    header = [name.strip() for name in names]
    check_header(Place(path, start), header, required)
    if not rows:
        raise Place(path, start).error("has no rows below its header", "write at least one")
    return tuple(row_of(Place(path, number), header, cells) for number, cells in rows)


def lines_of(path: Path) -> list[tuple[int, list[str]]]:
    """Every row that is not blank with the number of its first line: cells may hold line breaks. Raises `InputError`."""
    text, found, start = read_utf8(path), [], 1
    with _wide_cells():
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            for cells in reader:
                if cells:
                    found.append((start, cells))
                start = reader.line_num + 1
        except csv.Error as error:
            way_out = "quote cells that hold commas, quotes or line breaks, and keep each under 10 MB"
            raise Place(path, start).error(f"is not CSV ({error})", way_out) from error
    return found


@contextmanager
def _wide_cells() -> Iterator[None]:
    """The limit on a cell's length belongs to the whole process, so it is put back."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def check_header(place: Place, header: list[str], required: Columns) -> None:
    """Raises `InputError` unless every column has a name of its own and the required ones are there."""
    seen: set[str] = set()
    for number, name in enumerate(header, 1):
        if not name:
            raise place.error(f"column {number} has no name", "name it in the header or remove it")
        if name in seen:
            raise place.field_error(name, "is the name of two columns", "rename one of them")
        seen.add(name)
    for names in required:
        if not set(names) & set(header):
            raise place.field_error(names[0], f"is missing among the columns {_shown(header)}", _rename(names, header))


def _rename(names: tuple[str, ...], header: list[str]) -> str:
    near = [similar for name in names if (similar := nearest(name, header))]
    return f"rename {field_name(near[0])} or add the column" if near else "add the column"


def _shown(header: list[str]) -> str:
    shown = ", ".join(field_name(name) for name in header[:_MOST_COLUMNS_SHOWN])
    return shown if len(header) <= _MOST_COLUMNS_SHOWN else f"{shown}, …"


def row_of(place: Place, header: list[str], cells: list[str]) -> Fields:
    """A row's cells under the header. Raises `InputError` unless there is one for every column."""
    if len(cells) != len(header):
        comparison = f"has {len(cells)} cells under {len(header)} columns"
        raise place.error(comparison, "quote cells that hold commas or line breaks, and give every column a cell")
    return Fields(place, dict(zip(header, cells, strict=True)))


def _gathered(cells: Mapping[str, str]) -> dict[str, Any]:
    known = {name: cell for name, cell in cells.items() if name in FLAT_FIELDS or re.fullmatch(ANNOTATOR, name)}
    return {**known, "metadata": {name: cell for name, cell in cells.items() if name not in known and cell.strip()}}
