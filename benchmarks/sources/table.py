"""CSV files: rows under a header, and the cases they describe."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.sources.bad_rows import BadRow, Entry, check_some, good_of
from benchmarks.sources.exhibits import Exhibits
from benchmarks.sources.fields import Fields
from benchmarks.sources.labels import ANNOTATOR
from benchmarks.sources.loaded import Loaded
from benchmarks.sources.place import Place, field_name, nearest
from benchmarks.sources.row import FLAT_FIELDS, cases_of
from benchmarks.sources.text import read_utf8
from jury.errors import InputError
from jury.media import NOWHERE, MediaStore, Remote
from jury.spreadsheet import restored
from jury.text_rows import NOT_UTF8, csv_rows

#: Columns a file must have, each by any of its names.
Columns = Sequence[tuple[str, ...]]

_CASE_COLUMNS: Columns = (("item_id", "id"), ("prompt", "image", "audio"))
#: What to do about a row that is not CSV, and about one that is not UTF-8.
_WAYS_OUT = ("quote cells that hold commas, quotes or line breaks, and keep each under 10 MB", "save the file as UTF-8")
_MOST_COLUMNS_SHOWN = 12


def load(path: Path, media: MediaStore, limit: int | None, remote: Remote = NOWHERE) -> Loaded:
    """The cases of a CSV file; a bad row is an invalid case. Raises `InputError` where none can be read."""
    cases, bad = cases_of(read_cases(path), Exhibits(path.parent, media, remote), limit)
    return Loaded.of(path.stem, cases, bad=bad)


def read_cases(path: Path, also: Columns = ()) -> tuple[Entry, ...]:
    """The rows of a file of cases, columns of the author's own gathered under `metadata`."""
    rows = read_table(path, (*_CASE_COLUMNS, *also))
    header = next(iter(good_of(rows))).values
    if "prompt" not in header and nearest("prompt", header):
        # Images may stand alone, but a column that is misspelt may not be lost.
        check_header(Place(path, 1), list(header), (("prompt",),))
    return tuple(row if isinstance(row, BadRow) else replace(row, values=_gathered(row.values)) for row in rows)


def read_table(path: Path, required: Columns) -> tuple[Entry, ...]:
    """The rows under the header as text by column.

    Raises `InputError` for a file without these columns, and for one without a row that can be read.
    """
    (start, names), *rows = lines_of(path)
    if isinstance(names, InputError):
        raise names
    header = [name.strip() for name in names]
    check_header(Place(path, start), header, required)
    if not rows:
        raise Place(path, start).error("has no rows below its header", "write at least one")
    entries = tuple(entry_of(Place(path, number), header, cells) for number, cells in rows)
    check_some(entries)
    return entries


def lines_of(path: Path) -> list[tuple[int, list[str] | InputError]]:
    """Every row that is not blank with the number of its first line; in the place of one that is not CSV, the complaint.

    Cells of a file that `jury.spreadsheet` has protected are as they were before.
    """
    rows = list(csv_rows(read_utf8(path, by_rows=True)))
    cells_of = iter(restored([cells for _, cells in rows if not isinstance(cells, str)]))
    rows = [(number, cells if isinstance(cells, str) else next(cells_of)) for number, cells in rows]
    return [
        (number, Place(path, number).error(cells, _WAYS_OUT[cells == NOT_UTF8]) if isinstance(cells, str) else cells)
        for number, cells in rows
    ]


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


def entry_of(place: Place, header: list[str], cells: list[str] | InputError) -> Entry:
    """A row's cells under the header; a bad row unless there is one for every column."""
    if isinstance(cells, InputError):
        return BadRow(place, cells)
    if len(cells) != len(header):
        comparison = f"has {len(cells)} cells under {len(header)} columns"
        way_out = "quote cells that hold commas or line breaks, and give every column a cell"
        return BadRow(place, place.error(comparison, way_out), _identity(header, cells))
    return Fields(place, dict(zip(header, cells, strict=True)))


def _identity(header: list[str], cells: list[str]) -> str:
    """The id in a row with too many or too few cells, if its column is the first: all others may have moved."""
    return cells[0].strip() if cells and header[0] in _CASE_COLUMNS[0] else ""


def _gathered(cells: Mapping[str, str]) -> dict[str, Any]:
    known = {name: cell for name, cell in cells.items() if name in FLAT_FIELDS or re.fullmatch(ANNOTATOR, name)}
    return {**known, "metadata": {name: cell for name, cell in cells.items() if name not in known and cell.strip()}}
