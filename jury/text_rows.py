"""Texts that are read row by row, so that what is wrong with one row spoils no other."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

#: The longest cell, in characters.
LONGEST_CELL = 10_000_000

#: What stands for a byte that is no UTF-8.
_STRAY = re.compile("[\udc80-\udcff]")

#: A row with the number of its first line, from 1: its cells, or what is wrong with it.
CsvRow = tuple[int, list[str] | str]

NOT_UTF8 = "is not UTF-8 text"


def decode_rows(data: bytes) -> str:
    """The text of a file in UTF-8, with or without a byte-order mark. Each of its rows is to be seen whether it `is_text`."""
    return data.decode("utf-8-sig", "surrogateescape")


def is_text(words: str) -> bool:
    """Whether a piece of a decoded text was UTF-8."""
    return _STRAY.search(words) is None


def csv_rows(text: str) -> Iterator[CsvRow]:
    """Every row of a CSV text that is not blank; cells may hold line breaks.

    In the place of a row that is not CSV stands what is wrong with it, and the next line begins a row again: a quote that is
    never closed costs one line.
    """
    lines = list(io.StringIO(text, newline=""))
    start = 0
    while start < len(lines):
        with _wide_cells():
            rows, start = _read_on(lines, start)
        yield from rows


def _read_on(lines: list[str], first: int) -> tuple[list[CsvRow], int]:
    """The rows from a line on until one is not CSV, and the line to go on with."""
    reader, start = csv.reader(islice(lines, first, None), strict=True), first
    found: list[CsvRow] = []
    try:
        for cells in reader:
            if cells:
                found.append((start + 1, cells if all(map(is_text, cells)) else NOT_UTF8))
            start = first + reader.line_num
    except csv.Error as error:
        return [*found, (start + 1, f"is not CSV ({error})")], start + 1
    return found, len(lines)


@contextmanager
def _wide_cells() -> Iterator[None]:
    """The limit on a cell's length belongs to the whole process, so it is put back."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)
