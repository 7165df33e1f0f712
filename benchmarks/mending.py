"""Dropping what is not as it was written from a ledger, and all that was made of it: the run's command makes it again."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from benchmarks.calls import ledger_at
from jury.errors import InputError
from jury.ledger.address import Address
from jury.ledger.databases import FETCHED, readable, reason_of
from jury.ledger.holding import alone
from jury.ledger.schema import SEALED, digest_of

#: The tables that say what was made of one case.
_OF_A_CASE = ("trials", "answers", "verdicts")

#: A run and one of its cases.
Judged = tuple[str, str]


@dataclass(frozen=True)
class Mending:
    """The rows of each table that don't fit their seals, by number, and the cases that anything of them was made for."""

    ledger: Address
    altered: dict[str, tuple[int, ...]]
    cases: frozenset[Judged]

    def carry_out(self) -> None:
        """Drop it all or none. Raises `InputError` where the ledger is in use or can't be changed."""
        try:
            with alone(self.ledger) as connection:
                for table, rows in self.altered.items():
                    _delete(connection, table, "rowid = :row", [{"row": row} for row in rows])
                made: list[dict[str, object]] = [{"run": run, "case": case} for run, case in self.cases]
                for table in _OF_A_CASE:
                    _delete(connection, table, "run = :run AND case_id = :case", made)
        except SQLAlchemyError as error:
            raise InputError(f"{self.ledger} can't be changed ({reason_of(error)}); restore it from a copy") from None


def mending(place: Path) -> Mending:
    """What there is to mend in the ledger of a run's folder. Raises `InputError` where it can't be read."""
    address = ledger_at(place)
    with readable(address) as connection:
        there = set(inspect(connection).get_table_names())
        altered = {table.name: tuple(_altered(connection, table)) for table in SEALED if table.name in there}
        return Mending(address, altered, frozenset(_cases(connection, altered)))


def _delete(connection: Connection, table: str, condition: str, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(text(f"DELETE FROM {table} WHERE {condition}"), rows)  # noqa: S608 - our own words


def _altered(connection: Connection, table: Table) -> Iterator[int]:
    names = [column.name for column in table.columns]
    query = text(f"SELECT rowid, {', '.join(names)} FROM {table.name}")  # noqa: S608 - our own names
    for number, *values in connection.execute(query, execution_options={"yield_per": FETCHED}):
        row = dict(zip(names, values, strict=True))
        if any(isinstance(value, bytes) for value in values) or row["digest"] != digest_of(table.name, row):
            yield number


def _cases(connection: Connection, altered: dict[str, tuple[int, ...]]) -> Iterator[Judged]:
    """The cases that rows are about, and those that a call was made for."""
    for table, rows in altered.items():
        for row in rows if table not in {"runs", "calls"} else ():
            query = text(f"SELECT run, case_id FROM {table} WHERE rowid = :row")  # noqa: S608 - our own names
            yield from map(tuple, connection.execute(query, {"row": row}))
    for row in altered["calls"]:
        query = text("SELECT run, case_id FROM trials JOIN calls ON call = key WHERE calls.rowid = :row")
        yield from map(tuple, connection.execute(query, {"row": row}))
