"""The documents and the ledger of a finished run, opened for reading and never written to."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.verify.asking import Ask, UnreadableError, rows_of_database, rows_of_file
from benchmarks.verify.documents import parsed_object
from benchmarks.verify.run_names import run_name
from jury.errors import InputError

LEDGER, MANIFEST, RESULTS, VERDICTS = "ledger.sqlite", "manifest.json", "results.json", "verdicts.jsonl"

#: The note that stands in the ledger's place where it is in a database.
STORE = "store.json"

#: What a run leaves that only collects answers.
SUMMARY, ANSWERS = "answers.json", "answers.jsonl"

#: Labels that were corrected after the run began, where there are any.
GOLD = "gold.json"

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
    """What a run's folder says about itself: `results` in one file, a line for every case in another, without its end.

    `gold` has the labels that count in place of the ledger's, by case.
    """

    manifest: dict[str, Any]
    results: dict[str, Any]
    lines: tuple[str, ...]
    results_file: str = RESULTS
    lines_file: str = VERDICTS
    gold: Mapping[str, Any] = field(default_factory=dict)

    @property
    def judged(self) -> bool:
        """Whether there are verdicts; else the run has only collected answers."""
        return self.lines_file == VERDICTS


@dataclass(frozen=True)
class LedgerRows:
    """The rows of a ledger: all that a file holds, or in a database what belongs to some `runs`."""

    where: str
    ask: Ask
    runs: tuple[str, ...] | None = None

    def rows(self, table: str) -> Iterator[Row]:
        """Every row of a table as column → value. Raises `InputError` where it can't be read."""
        names = TABLES[table]
        if table in LATER and not self._has(table):
            return
        order = "run, position" if table == "cases" else "rowid"
        condition, values = self._of_runs(table)
        query = f"SELECT {', '.join(names)} FROM {table} WHERE {condition} ORDER BY {order}"  # noqa: S608 - our own names
        try:
            for found in self.ask(query, values):
                yield {name: _plain(value) for name, value in zip(names, found, strict=True)}
        except UnreadableError as error:
            raise InputError(f"{self.where}: table `{table}` can't be read ({error}); restore it") from None

    def _of_runs(self, table: str) -> tuple[str, tuple[str, ...]]:
        if self.runs is None:
            return "1 = 1", ()
        within = f"run IN ({', '.join('?' * len(self.runs))})"
        condition = f"key IN (SELECT call FROM trials WHERE {within})" if table == "calls" else within  # noqa: S608 - our own names
        return condition, self.runs

    def _has(self, table: str) -> bool:
        """Whether a file has a table; databases have them all."""
        query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        return self.runs is not None or any(True for _ in self.ask(query, (table,)))


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a run or a set. Raises `InputError` where the folder holds none."""
    if not (folder / MANIFEST).is_file():
        raise InputError(
            f"{folder} is not a run's folder, nor a published set's: it holds no {MANIFEST}; name its --out"
        )
    return document_in(folder / MANIFEST)


def read_documents(folder: Path) -> Documents:
    """A run's documents. Raises `InputError` where the folder holds no finished run."""
    manifest = read_manifest(folder)
    files = (SUMMARY, ANSWERS) if "jury" in manifest and manifest["jury"] is None else (RESULTS, VERDICTS)
    for name in files:
        if not (folder / name).is_file():
            raise InputError(f"{folder} holds no {name}: the run is not finished; run its command again")
    results, lines = files
    told = text_of(folder / lines).split("\n")
    if told[-1] == "":
        told.pop()
    gold = document_in(folder / GOLD) if (folder / GOLD).is_file() else {}
    return Documents(manifest, document_in(folder / results), tuple(told), results, lines, gold)


@contextmanager
def open_ledger(folder: Path, documents: Documents) -> Iterator[LedgerRows]:
    """The ledger of a run's folder, or of the run whose answers a jury judged. Raises `InputError` without one."""
    home, above = folder, folder.resolve().parent
    if not any((folder / name).is_file() for name in (LEDGER, STORE)) and above.name == JURIES:
        home = above.parent
    if (home / STORE).is_file():
        told = (documents.results.get("run"), run_name(documents.manifest), documents.manifest.get("answers_of"))
        runs = tuple(dict.fromkeys(str(name) for name in told if name))
        with rows_of_database(home / STORE) as (where, ask):
            yield LedgerRows(where, ask, runs)
    elif (home / LEDGER).is_file():
        with rows_of_file(home / LEDGER) as ask:
            yield LedgerRows(str(home / LEDGER), ask)
    else:
        raise InputError(f"{folder} holds no {LEDGER}: nothing can be derived without it; restore the file")


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, float)) else repr(value)


def text_of(path: Path) -> str:
    """The text of a file. Raises `InputError` where it is none."""
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text (byte {error.start}); restore the file") from None
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}; make it readable") from None


def document_in(path: Path) -> dict[str, Any]:
    """The JSON object in a file. Raises `InputError` where it is none."""
    try:
        return parsed_object(text_of(path))
    except ValueError as error:
        raise InputError(f"{path} can't be read as a JSON object ({error}); restore the file") from None
