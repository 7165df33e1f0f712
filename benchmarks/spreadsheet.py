"""Tables that a spreadsheet may open: no cell of theirs is a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

#: What a spreadsheet takes for the start of a formula, at the start of a cell.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_lines(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Rows as CSV in UTF-8, the names first. Text that could act as a formula is led by an apostrophe."""
    yield _line([harmless(name) for name in names])
    for row in rows:
        yield _line([harmless(row.get(name)) for name in names])


def harmless(value: Any) -> Any:
    """A value that a spreadsheet shows as it is; numbers stay numbers."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_STARTS):
        return "'" + value
    return value


def _line(cells: Sequence[Any]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue().encode("utf-8", "replace")
