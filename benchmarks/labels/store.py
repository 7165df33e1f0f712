"""Labels beside a run's ledger. Nothing is ever overwritten: who thinks again adds a label, and the last counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, MetaData, Row, Table, Text, create_engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateIndex, CreateTable

from benchmarks.labels.label import Label
from benchmarks.manifest import read_manifest, run_id
from jury.atomic import make_private_file
from jury.errors import InputError
from jury.ledger.address import Address, address_in
from jury.ledger.databases import alone_making, engine_of, reason_of

FILE = "labels.sqlite"


class Labels:
    """The labels on the answers of one run, whichever juries judge them: in a file of its folder, or in its database."""

    def __init__(self, store: Path) -> None:
        self._store = store

    def add(self, label: Label) -> None:
        """Keep a label. Raises `InputError` where the folder or the database can't be written."""
        row = {"case_id": label.case_id, "annotator": label.annotator, "record": label.to_json().decode(), **self._run}
        try:
            with self._open() as connection:
                alone_making(connection, self._at)
                _make_table(connection, shared=self._at.shared)
                marks = ", ".join(f":{name}" for name in row)
                connection.execute(text(f"INSERT INTO labels ({', '.join(row)}) VALUES ({marks})"), row)
        except SQLAlchemyError as error:
            raise InputError(
                f"{self._at}: the label can't be kept ({reason_of(error)}); is the {self._kind} writable?"
            ) from None

    def all(self) -> list[Label]:
        """The labels that count, by case and annotator."""
        return self._found(f"{self._of_run} AND number IN ({self._last} GROUP BY case_id, annotator)")

    def of_case(self, case_id: str) -> list[Label]:
        """The labels that count on one case, by annotator."""
        last = f"{self._last} AND case_id = :case GROUP BY annotator"
        return self._found(f"{self._of_run} AND case_id = :case AND number IN ({last})", case=case_id)

    def labelled_by(self, annotator: str) -> frozenset[str]:
        """The ids of the cases that somebody has labelled."""
        query = f"SELECT DISTINCT case_id FROM labels WHERE {self._of_run} AND annotator = :annotator"
        return frozenset(row.case_id for row in self._rows(query, annotator=annotator))

    def count(self) -> int:
        """How many labels were given, those that were replaced included."""
        query = f"SELECT count(*) AS labels FROM labels WHERE {self._of_run}"
        return next((int(row.labels) for row in self._rows(query)), 0)

    @cached_property
    def _at(self) -> Address:
        kept = address_in(self._store)
        return kept if kept.shared else Address.of_file(self._store / FILE)

    @cached_property
    def _run(self) -> dict[str, str]:
        """Whose labels they are: a database holds those of many runs, a file those of its folder's."""
        return {"run": run_id(read_manifest(self._store))} if self._at.shared else {}

    @property
    def _of_run(self) -> str:
        return "run = :run" if self._at.shared else "1 = 1"

    @property
    def _last(self) -> str:
        return f"SELECT max(number) FROM labels WHERE {self._of_run}"

    @property
    def _kind(self) -> str:
        return "database" if self._at.shared else "folder"

    def _found(self, condition: str, **values: str) -> list[Label]:
        rows = self._rows(f"SELECT record FROM labels WHERE {condition}", **values)
        return sorted((Label.from_json(row.record) for row in rows), key=lambda one: (one.case_id, one.annotator))

    def _rows(self, query: str, **values: str) -> list[Row[Any]]:
        if self._at.file is not None and not self._at.file.is_file():
            return []
        try:
            with self._open() as connection:
                if not inspect(connection).has_table("labels"):
                    return []
                return list(connection.execute(text(query), {**values, **self._run}))
        except SQLAlchemyError as error:
            raise InputError(
                f"{self._at} can't be read as labels ({reason_of(error)}); see to the {self._kind}, or move it away to begin anew"
            ) from None

    @contextmanager
    def _open(self) -> Iterator[Connection]:
        """A transaction of its own, so that any thread may read and write."""
        if self._at.shared:
            engine = engine_of(self._at, poolclass=NullPool)
        else:
            if self._at.file is not None:
                make_private_file(self._at.file)
            engine = create_engine(self._at.url, connect_args={"timeout": 30}, poolclass=NullPool)
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()


def _make_table(connection: Connection, *, shared: bool) -> None:
    """Make the table where there is none; somebody else may make it at the same moment."""
    table = _table(shared=shared)
    connection.execute(CreateTable(table, if_not_exists=True))
    for index in table.indexes:
        connection.execute(CreateIndex(index, if_not_exists=True))


def _table(*, shared: bool) -> Table:
    run = [Column("run", Text, nullable=False)] if shared else []
    return Table(
        "labels",
        MetaData(),
        Column("number", Integer, primary_key=True),
        *run,
        Column("case_id", Text, nullable=False),
        Column("annotator", Text, nullable=False),
        Column("record", Text, nullable=False),
        Index("by_case", *(column.name for column in run), "case_id", "annotator"),
        Index("by_annotator", *(column.name for column in run), "annotator", "case_id"),
    )
