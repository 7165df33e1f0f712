"""The documents and the ledger of a finished run, opened for reading and never written to."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.verify.documents import parsed_object
from jury.errors import InputError

LEDGER, MANIFEST, RESULTS, VERDICTS = "ledger.sqlite", "manifest.json", "results.json", "verdicts.jsonl"

#: What a run leaves that only collects answers.
SUMMARY, ANSWERS = "answers.json", "answers.jsonl"

#: The folder of a run in which further juries have theirs.
JURIES = "juries"

#: The tables whose rows carry a seal with their columns, in the order they are checked.
TABLES = {
    "runs": ("run", "manifest", "digest"),
    "cases": ("run", "case_id", "position", "hash", "record", "digest"),
    "trials": ("run", "case_id", "phase", "round", "seat", "attempt", "call", "digest"),
    "calls": ("key", "model", "request", "completion", "digest"),
    "answers": ("run", "case_id", "record", "digest"),
    "verdicts": ("run", "case_id", "record", "digest"),
}

#: Tables that ledgers of earlier releases lack.
LATER = frozenset({"answers"})

Row = dict[str, Any]


@dataclass(frozen=True)
class Documents:
    """What a run's folder says about itself: `results` in one file, a line for every case in another, without its end."""

    manifest: dict[str, Any]
    results: dict[str, Any]
    lines: tuple[str, ...]
    results_file: str = RESULTS
    lines_file: str = VERDICTS

    @property
    def judged(self) -> bool:
        """Whether there are verdicts; else the run has only collected answers."""
        return self.lines_file == VERDICTS


class LedgerFile:
    """The rows of a ledger."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path, self._connection = path, connection

    def rows(self, table: str) -> Iterator[Row]:
        """Every row of a table as column → value. Raises `InputError` where the file is damaged."""
        names = TABLES[table]
        if table in LATER and not self._has(table):
            return
        order = "run, position" if table == "cases" else "rowid"
        try:
            query = f"SELECT {', '.join(names)} FROM {table} ORDER BY {order}"  # noqa: S608 - our own names
            for values in self._connection.execute(query):
                yield {name: _plain(value) for name, value in zip(names, values, strict=True)}
        except (sqlite3.Error, UnicodeDecodeError) as error:  # a damaged file's own words may be no text
            raise InputError(f"{self._path}: table `{table}` can't be read ({error}); restore the file") from None

    def _has(self, table: str) -> bool:
        query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        return self._connection.execute(query, (table,)).fetchone() is not None


def read_documents(folder: Path) -> Documents:
    """A run's documents. Raises `InputError` where the folder holds no finished run."""
    if not (folder / MANIFEST).is_file():
        raise InputError(f"{folder} is not a run's folder: it holds no {MANIFEST}; name the --out of a run")
    manifest = _document(folder / MANIFEST)
    files = (SUMMARY, ANSWERS) if "jury" in manifest and manifest["jury"] is None else (RESULTS, VERDICTS)
    for name in files:
        if not (folder / name).is_file():
            raise InputError(f"{folder} holds no {name}: the run is not finished; run its command again")
    results, lines = files
    told = _text(folder / lines).split("\n")
    if told[-1] == "":
        told.pop()
    return Documents(manifest, _document(folder / results), tuple(told), results, lines)


@contextmanager
def open_ledger(folder: Path) -> Iterator[LedgerFile]:
    """The ledger in a run's folder, or in that of the run whose answers a jury judged. Raises `InputError` without one."""
    path, above = folder / LEDGER, folder.resolve().parent
    if not path.is_file() and above.name == JURIES:
        path = above.parent / LEDGER
    if not path.is_file():
        raise InputError(f"{folder} holds no {LEDGER}: nothing can be derived without it; restore the file")
    connection = sqlite3.connect(_address(path), uri=True)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    try:
        yield LedgerFile(path, connection)
    finally:
        connection.close()


def _address(path: Path) -> str:
    """Read-only; a ledger nobody has open is left without even the side files that a reader makes."""
    at_rest = not path.with_name(path.name + "-wal").exists()
    return f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if at_rest else ''}"


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, float)) else repr(value)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text (byte {error.start}); restore the file") from None
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}; make it readable") from None


def _document(path: Path) -> dict[str, Any]:
    try:
        return parsed_object(_text(path))
    except ValueError as error:
        raise InputError(f"{path} can't be read as a JSON object ({error}); restore the file") from None
