"""Dropping what is not as it was written from a ledger, and all that was made of it: the run's command makes it again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.calls import ledger_file
from jury.errors import InputError
from jury.ledger.lock import writing
from jury.ledger.schema import digest_of

#: The tables whose rows are sealed, and those that say what was made of one case.
_SEALED = ("runs", "cases", "calls", "trials", "answers", "verdicts")
_OF_A_CASE = ("trials", "answers", "verdicts")

#: A run and one of its cases.
Judged = tuple[str, str]


@dataclass(frozen=True)
class Mending:
    """The rows of each table that don't fit their seals, by number, and the cases that anything of them was made for."""

    ledger: Path
    altered: dict[str, tuple[int, ...]]
    cases: frozenset[Judged]

    def carry_out(self) -> None:
        """Drop it all or none. Raises `InputError` where the ledger is in use or can't be changed."""
        with writing(self.ledger.parent), closing(_connected(self.ledger)) as connection:
            try:
                with connection:
                    for table, rows in self.altered.items():
                        connection.executemany(f"DELETE FROM {table} WHERE rowid = ?", [(row,) for row in rows])  # noqa: S608 - our own names
                    for table in _OF_A_CASE:
                        connection.executemany(f"DELETE FROM {table} WHERE run = ? AND case_id = ?", self.cases)  # noqa: S608 - our own names
            except sqlite3.Error as error:
                raise InputError(f"{self.ledger} can't be changed ({error}); restore it from a copy") from None


def mending(place: Path) -> Mending:
    """What there is to mend in the ledger of a run's folder. Raises `InputError` where it can't be read."""
    path = ledger_file(place)
    with closing(_connected(path)) as connection:
        try:
            altered = {table: tuple(_altered(connection, table)) for table in _SEALED if _has(connection, table)}
            return Mending(path, altered, frozenset(_cases(connection, altered)))
        except sqlite3.Error as error:
            raise InputError(f"{path} can't be read ({error}); restore it from a copy") from None


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=5)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    return connection


def _has(connection: sqlite3.Connection, table: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (table,)).fetchone() is not None


def _altered(connection: sqlite3.Connection, table: str) -> Iterator[int]:
    rows = connection.execute(f"SELECT rowid, * FROM {table}")  # noqa: S608 - our own names
    names = [column[0] for column in rows.description][1:]
    for number, *values in rows:
        row = dict(zip(names, values, strict=True))
        if any(isinstance(value, bytes) for value in values) or row["digest"] != digest_of(table, row):
            yield number


def _cases(connection: sqlite3.Connection, altered: dict[str, tuple[int, ...]]) -> Iterator[Judged]:
    """The cases that rows are about, and those that a call was made for."""
    for table, rows in altered.items():
        for row in rows if table not in {"runs", "calls"} else ():
            yield from connection.execute(f"SELECT run, case_id FROM {table} WHERE rowid = ?", (row,))  # noqa: S608 - our own names
    for row in altered["calls"]:
        query = "SELECT run, case_id FROM trials JOIN calls ON call = key WHERE calls.rowid = ?"
        yield from connection.execute(query, (row,))
