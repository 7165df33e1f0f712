"""What was found in a set's files: the items that can be used, the rows that can't, and a sentence on everything else."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.sources.bad_rows import BadRow
from benchmarks.sources.fields import Fields
from benchmarks.suites.origin import Origin
from benchmarks.suites.reading.item import Item
from benchmarks.suites.reading.rows import Rows
from jury.errors import InputError


@dataclass(frozen=True)
class Found:
    """Items and rows that make none in the set's order, and problems in the order in which they were met."""

    items: tuple[Item | BadRow, ...] = ()
    problems: tuple[str, ...] = ()

    def __add__(self, other: "Found") -> "Found":
        return Found(self.items + other.items, self.problems + other.problems)


def found_in(rows: Rows, items: Callable[[Fields, int], Iterable[Item]]) -> Found:
    """The items that each row and its number amount to; a row that raises `InputError` is a bad one."""
    found: list[Item | BadRow] = []
    for number, row in rows.numbered:
        found.extend([row] if isinstance(row, BadRow) else _made(row, number, items))
    return Found(tuple(found), rows.problems)


def _made(row: Fields, number: int, items: Callable[[Fields, int], Iterable[Item]]) -> list[Item | BadRow]:
    try:
        return list(items(row, number))
    except InputError as error:
        return [BadRow(row.place, error)]


def miscounted(name: str, have: int, origin: Origin, where: str = "") -> tuple[str, ...]:
    """One sentence if some of a set is there but not as much as is published; `where` says which file is at fault."""
    if origin.published is None or have in (0, origin.published):
        return ()
    return (f"{name}: {have:,} {origin.unit}, {origin.published:,} are published{where and f': {where}'}",)
