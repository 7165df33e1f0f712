"""The table of a run's cases, in a file of its own: filled from the ledger as a run goes on, read page by page."""

import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import quote

from benchmarks.viewer.index.wishes import ORDERS, PAGE, Wishes
from jury.atomic import make_private_file
from jury.errors import InputError

#: Counted up whenever the table changes: an index of another version is made anew.
VERSION = 3

_COLUMNS = (
    "number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, position INTEGER NOT NULL, case_id TEXT NOT NULL UNIQUE, "
    "scenario TEXT, category TEXT, language TEXT, technique TEXT, "
    "target TEXT, exhibits TEXT, truth TEXT, state TEXT NOT NULL, choice TEXT, positive INTEGER, rating REAL, margin REAL, "
    "disagreement REAL, changed INTEGER, invalid INTEGER, rounds INTEGER, dissent INTEGER, flipped INTEGER, rehearsal INTEGER, cost REAL, "
    "seconds REAL, calls INTEGER, blocked TEXT, ended TEXT"
)

_SCHEMA = f"""
CREATE TABLE cases ({_COLUMNS});
CREATE INDEX by_position ON cases (position, number);
CREATE INDEX by_state ON cases (state);
CREATE INDEX by_scenario ON cases (scenario);
CREATE INDEX by_dispute ON cases (disagreement DESC, changed DESC, position, number);
CREATE TABLE measured (number INTEGER NOT NULL, measure TEXT NOT NULL, value REAL, first INTEGER NOT NULL, PRIMARY KEY (measure, number)) WITHOUT ROWID;
CREATE TABLE facets (name TEXT, value TEXT, PRIMARY KEY (name, value)) WITHOUT ROWID;
CREATE TABLE media (sha256 TEXT PRIMARY KEY, record TEXT NOT NULL);
CREATE VIRTUAL TABLE prompts USING fts5(words, tokenize='trigram');
CREATE VIRTUAL TABLE answers USING fts5(words, tokenize='trigram');
CREATE TABLE progress (name TEXT PRIMARY KEY, value TEXT);
PRAGMA user_version = {VERSION};
"""

#: The name under which an index keeps its run's folder, and the names that indices have.
_RUN, _NAME = "run", re.compile(r"[0-9a-f]{32}\.sqlite")

Row = dict[str, Any]

T = TypeVar("T")


class Index:
    """The index of the run in a folder, in a file that only its owner may read: it holds prompts and answers.

    Every reading opens the file anew, so that any thread may read.
    """

    def __init__(self, path: Path, run: Path) -> None:
        self.path = path
        self._run = run
        self.lock = Lock()
        self.stamp: object = None
        self._memory: dict[str, Any] = {}
        with self._open() as connection:
            usable = connection.execute("PRAGMA user_version").fetchone()[0] == VERSION
        if not usable:
            self.clear()

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What is made of the index, made again only after a change."""
        if name not in self._memory:
            self._memory[name] = make()
        found: T = self._memory[name]
        return found

    def clear(self) -> None:
        """Begin anew."""
        self._memory.clear()
        for ending in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        with self._open() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)
            connection.execute("INSERT INTO progress VALUES (?, ?)", (_RUN, str(self._run.resolve())))
            connection.commit()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are kept together or not at all."""
        with self._open() as connection, connection:
            yield connection
        self._memory.clear()

    def rows(self, query: str, values: Sequence[Any] | Row = ()) -> list[Row]:
        """The rows of a query of our own, as mappings."""
        with self._open() as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query, values)]

    def rows_beside(self, other: "Index", query: str) -> list[Row]:
        """The rows of a query that reads another run's table, too, as `other.cases`."""
        with self._open() as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("ATTACH DATABASE ? AS other", (str(other.path),))
            return [dict(row) for row in connection.execute(query)]

    def page(self, wishes: Wishes) -> tuple[list[Row], int]:
        """The cases of one page, and how many there are in all."""
        where, values = wishes.condition
        total = self.rows(f"SELECT count(*) AS cases FROM cases WHERE {where}", values)[0]["cases"]
        start = (wishes.page - 1) * PAGE
        query = f"SELECT * FROM cases WHERE {where} ORDER BY {ORDERS[wishes.order]} LIMIT {PAGE} OFFSET :start"
        return self.rows(query, {**values, "start": start}), total

    def case(self, key: str) -> Row | None:
        """The row of the case that links call so."""
        found = self.rows("SELECT * FROM cases WHERE key = ?", (key,))
        return found[0] if found else None

    def beside(self, row: Row, wishes: Wishes) -> tuple[str | None, str | None]:
        """The keys of the nearest cases before and after one, in the order of the source, that are as wished."""
        return self._next(row, wishes, "<", "DESC"), self._next(row, wishes, ">", "ASC")

    def _next(self, row: Row, wishes: Wishes, beyond: str, way: str) -> str | None:
        where, values = wishes.condition
        query = (
            f"SELECT key FROM cases WHERE (position, number) {beyond} (:at_position, :at_number) AND {where} "
            f"ORDER BY position {way}, number {way} LIMIT 1"
        )
        found = self.rows(query, {**values, "at_position": row["position"], "at_number": row["number"]})
        return found[0]["key"] if found else None

    def values(self, column: str) -> list[str]:
        """What stands in one of the columns to filter by, sorted; at most 500 values."""
        stands = f"EXISTS (SELECT 1 FROM cases WHERE {column} = facets.value)"
        query = f"SELECT value FROM facets WHERE name = ? AND {stands} ORDER BY value LIMIT 500"
        return [row["value"] for row in self.rows(query, (column,))]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        make_private_file(self.path)  # SQLite gives the files beside it the same mode
        connection = sqlite3.connect(self.path, timeout=30)
        connection.execute("PRAGMA synchronous = OFF")  # it can be made anew
        try:
            yield connection
        finally:
            connection.close()


def shelf(folder: Path | None = None) -> Path:
    """The folder for indices: the user's cache, unless another is named; a passing one where that can't be written."""
    wanted = folder or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "multimodal-jury" / "viewer"
    with suppress(OSError):
        wanted.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.access(wanted, os.W_OK):
            return wanted
    if folder is not None:
        raise InputError(f"{folder} can't be written; choose another --cache")
    return Path(tempfile.mkdtemp(prefix="jury-viewer-"))


def remove_orphans(folder: Path) -> list[Path]:
    """Remove the indices of runs that are no longer there, and of earlier releases; give their files."""
    orphans = [path for path in sorted(folder.glob("*.sqlite")) if _NAME.fullmatch(path.name) and _is_orphan(path)]
    for path in orphans:
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                path.with_name(path.name + ending).unlink(missing_ok=True)
    return orphans


def _is_orphan(path: Path) -> bool:
    """Whether the run that an index was made of is gone; what can't be read as an index of this release is one, too."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=5)) as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                return True
            row = connection.execute("SELECT value FROM progress WHERE name = ?", (_RUN,)).fetchone()
    except sqlite3.OperationalError:
        return False  # in use by another viewer
    except sqlite3.DatabaseError:
        return True
    return row is None or not Path(row[0]).is_dir()


#: Hears how far an index is: cases done, and cases in all.
Heard = Callable[[int, int], None]
