"""Tables that a spreadsheet may open: no cell of theirs is a formula, and each reads back as it was."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

#: What a spreadsheet takes for the start of a formula, at the start of a cell.
_STARTS = r"[=+\-@\t\r\n＝＋－＠]"

#: Text that could act as a formula, or that looks as if an apostrophe had been put before such a text.
_FORMULA = re.compile(rf"'* *{_STARTS}")

#: Such a text with an apostrophe before it.
_PROTECTED = re.compile(rf"''* *{_STARTS}")


def csv_lines(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Rows as CSV in UTF-8, the names first. Text that could act as a formula is led by an apostrophe.

    `restored` takes it off again.
    """
    yield _line([harmless(name) for name in names])
    for row in rows:
        yield _line([harmless(row.get(name)) for name in names])


def harmless(value: Any) -> Any:
    """A value that a spreadsheet shows as it is; numbers stay numbers."""
    return "'" + value if isinstance(value, str) and _FORMULA.match(value) else value


def restored(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The cells of a CSV file as they were before `harmless`, where the file is one that it has protected.

    Such a file leaves no text unprotected: an apostrophe in a file with other cells that begin like a formula is the
    author's own, and stays.
    """
    protected = any(_PROTECTED.match(cell) for row in rows for cell in row)
    bare = protected and any(
        _FORMULA.match(cell) and not _is_number(cell) for row in rows for cell in row if cell[:1] != "'"
    )
    if not protected or bare:
        return [list(row) for row in rows]
    return [[cell[1:] if _PROTECTED.match(cell) else cell for cell in row] for row in rows]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _line(cells: Sequence[Any]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue().encode("utf-8", "replace")
