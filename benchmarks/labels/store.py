"""Labels in a file beside a run's ledger. Nothing is ever overwritten: who thinks again adds a label, and the last counts."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.labels.label import Label
from jury.errors import InputError

FILE = "labels.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS labels (
    number INTEGER PRIMARY KEY, case_id TEXT NOT NULL, annotator TEXT NOT NULL, record TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS by_case ON labels (case_id, annotator);
CREATE INDEX IF NOT EXISTS by_annotator ON labels (annotator, case_id);
"""

#: The last label of every person on every case.
_LAST = "number IN (SELECT max(number) FROM labels GROUP BY case_id, annotator)"

_LAST_OF_CASE = "number IN (SELECT max(number) FROM labels WHERE case_id = ? GROUP BY annotator)"


class Labels:
    """The labels on the answers of one run, whichever juries judge them."""

    def __init__(self, store: Path) -> None:
        self.path = store / FILE

    def add(self, label: Label) -> None:
        """Keep a label. Raises `InputError` where the folder can't be written."""
        try:
            with self._open() as connection, connection:
                connection.executescript(_SCHEMA)
                values = (label.case_id, label.annotator, label.to_json().decode())
                connection.execute("INSERT INTO labels (case_id, annotator, record) VALUES (?, ?, ?)", values)
        except sqlite3.Error as error:
            raise InputError(f"{self.path}: the label can't be kept ({error}); is the folder writable?") from None

    def all(self) -> list[Label]:
        """The labels that count, by case and annotator."""
        return self._found(f"SELECT record FROM labels WHERE {_LAST} ORDER BY case_id, annotator")

    def of_case(self, case_id: str) -> list[Label]:
        """The labels that count on one case, by annotator."""
        query = f"SELECT record FROM labels WHERE case_id = ? AND {_LAST_OF_CASE} ORDER BY annotator"
        return self._found(query, case_id, case_id)

    def labelled_by(self, annotator: str) -> frozenset[str]:
        """The ids of the cases that somebody has labelled."""
        return frozenset(
            row[0] for row in self._rows("SELECT DISTINCT case_id FROM labels WHERE annotator = ?", annotator)
        )

    def count(self) -> int:
        """How many labels were given, those that were replaced included."""
        return next((int(row[0]) for row in self._rows("SELECT count(*) FROM labels")), 0)

    def _found(self, query: str, *values: str) -> list[Label]:
        return [Label.from_json(row[0]) for row in self._rows(query, *values)]

    def _rows(self, query: str, *values: str) -> list[tuple[str, ...]]:
        if not self.path.is_file():
            return []
        try:
            with self._open() as connection:
                return connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise InputError(f"{self.path} can't be read as labels ({error}); move it away to begin anew") from None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self.path, timeout=30)
        try:
            yield connection
        finally:
            connection.close()
