"""The calls and cases that a run's ledger holds, for reading: nothing here makes a ledger or changes one."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from benchmarks.folders import store_of
from benchmarks.manifest import FILE, read_manifest, run_id
from jury.errors import InputError
from jury.means import LEDGER
from jury.records import Answered, Case, Completion, Record, Request, Verdict
from jury.trials import STATEMENT, TARGET

R = TypeVar("R", bound=Record)

#: Phases of a trial in the order they are held.
PHASES = (TARGET, "screening", "assessment", STATEMENT, "deliberation", "reballot", "tie_break", "summary")


@dataclass(frozen=True)
class KeptCall:
    """One finished call, and the bytes that its words take in the ledger."""

    key: str
    request: Request
    completion: Completion
    size: int


@dataclass(frozen=True)
class Occasion:
    """What a call was made for: `attempt` counts what was asked again."""

    case: str
    phase: str
    round: int
    seat: str
    attempt: int
    key: str


def ledger_file(place: Path) -> Path:
    """The ledger in a run's folder, or the file itself. Raises `InputError` where there is none."""
    path = store_of(place) / LEDGER if place.is_dir() else place
    if not path.is_file():
        raise InputError(f"{place} holds no ledger; name a run's folder (its --out) or a {LEDGER}")
    return path


class Calls:
    """The calls of one ledger and what they were made for; with a `run`, a case's are those of that run alone."""

    def __init__(self, path: Path, connection: sqlite3.Connection, run: str | None = None) -> None:
        self._path, self._connection, self._run = path, connection, run

    def all(self) -> Iterator[KeptCall]:
        """Every call, in the order they were finished."""
        yield from map(self._call, self._rows("SELECT key, request, completion FROM calls ORDER BY rowid"))

    def named(self, start: str) -> KeptCall:
        """The one call whose key starts like this. Raises `InputError` for none or several."""
        # Keys are hex digits: none that starts so lies beyond a `g`, and the index finds the range.
        query = "SELECT key, request, completion FROM calls WHERE key >= ? AND key < ? LIMIT 2"
        found = list(self._rows(query, start.lower(), f"{start.lower()}g"))
        if len(found) != 1:
            raise InputError(f"{self._path}: {'several calls have' if found else 'no call has'} a key like {start!r}")
        return self._call(found[0])

    def of_case(self, case: str) -> list[tuple[Occasion, KeptCall]]:
        """The calls of a case that has a verdict, in the order of its trial. Raises `InputError` for an unknown one."""
        occasions = list(self.occasions(self._run, case))
        if not occasions:
            raise InputError(f"{self._path}: no verdict on a case {case!r} rests on any call; `show` lists all calls")
        occasions.sort(key=_in_order)
        return [(occasion, self.named(occasion.key)) for occasion in occasions]

    def completion(self, key: str) -> Completion:
        """What came back on the call of exactly this key. Raises `InputError` where it is not kept."""
        kept = self._record(f"the call {key}", "SELECT completion FROM calls WHERE key = ?", key)
        return self._read(Completion, kept, f"call {key}")

    def case(self, run: str, case: str) -> Case:
        """A case of a run as it was loaded. Raises `InputError` where it is not kept."""
        query = "SELECT record FROM cases WHERE run = ? AND case_id = ?"
        return self._read(Case, self._record(f"case {case!r}", query, run, case), f"case {case!r}")

    def occasions(self, run: str | None = None, case: str | None = None) -> Iterator[Occasion]:
        """What calls were made for, as far as there is an answer or a verdict; in one run and case, or in all of the ledger."""
        asked = [(name, value) for name, value in (("run", run), ("case_id", case)) if value is not None]
        where = " AND ".join(f"{name} = ?" for name, _ in asked) or "1"
        query = f"SELECT case_id, phase, round, seat, attempt, call FROM trials WHERE {where} ORDER BY rowid"  # noqa: S608 - our own words
        for row in self._rows(query, *(value for _, value in asked)):
            if row[1] in PHASES:
                yield Occasion(*row)

    def cases(self, run: str) -> Iterator[Case]:
        """The cases of a run, in the order of its source."""
        for case, record in self._rows("SELECT case_id, record FROM cases WHERE run = ? ORDER BY position", run):
            yield self._read(Case, record, f"case {case!r}")

    def cases_after(self, run: str, row: int) -> Iterator[tuple[int, int, Case]]:
        """The cases of a run that were kept after a row of the ledger, with their row and their place in the source."""
        query = "SELECT rowid, position, record FROM cases WHERE run = ? AND rowid > ? ORDER BY rowid"
        for at, place, record in self._rows(query, run, row):
            yield at, place, self._read(Case, record, f"case number {place + 1}")

    def verdicts_after(self, run: str, row: int) -> Iterator[tuple[int, str, Verdict]]:
        """The verdicts of a run that were kept after a row of the ledger, with their row and its digest."""
        query = "SELECT rowid, digest, record FROM verdicts WHERE run = ? AND rowid > ? ORDER BY rowid"
        for at, digest, record in self._rows(query, run, row):
            yield at, digest, self._read(Verdict, record, f"verdict number {at}")

    def digest_at(self, run: str, row: int) -> str | None:
        """The digest of the verdict in a row of the ledger, None where it is gone."""
        found = next(self._rows("SELECT digest FROM verdicts WHERE run = ? AND rowid = ?", run, row), None)
        return None if found is None else str(found[0])

    def verdict(self, run: str, case: str) -> Verdict | None:
        """The verdict on one case, None where the jury has not heard it yet."""
        found = next(self._rows("SELECT record FROM verdicts WHERE run = ? AND case_id = ?", run, case), None)
        return None if found is None else self._read(Verdict, found[0], f"the verdict on case {case!r}")

    def answered(self, run: str, case: str) -> Answered | None:
        """What a target has said to one case, None where it has not been asked."""
        query = "SELECT record FROM answers WHERE run = ? AND case_id = ?"
        found = next(self._rows(query, run, case), None) if self._has_answers() else None
        return None if found is None else self._read(Answered, found[0], f"the answers to case {case!r}")

    def count(self, table: Literal["cases", "verdicts", "answers"], run: str) -> int:
        """How many cases of a run there are, or are judged, or answered."""
        return int(next(self._rows(f"SELECT count(*) FROM {table} WHERE run = ?", run))[0])  # noqa: S608 - our own words

    def waiting(self) -> int:
        """How many cases are not finished yet: their calls may still be used. A run without a jury needs no verdicts."""
        judged = "SELECT 1 FROM verdicts WHERE verdicts.run = cases.run AND verdicts.case_id = cases.case_id"
        answered = "SELECT 1 FROM answers WHERE answers.run = cases.run AND answers.case_id = cases.case_id"
        open_cases = f"SELECT count(*) FROM cases LEFT JOIN runs USING (run) WHERE NOT EXISTS ({judged})"  # noqa: S608 - our own words
        if self._has_answers():
            open_cases += f" AND NOT (json_type(runs.manifest, '$.jury') IS 'null' AND EXISTS ({answered}))"
        return int(next(self._rows(open_cases))[0])

    def _has_answers(self) -> bool:
        """Whether the ledger has a table for answers; those of earlier releases have none."""
        return any(self._rows("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'answers'"))

    def _record(self, what: str, query: str, *values: object) -> str:
        found = next(self._rows(query, *values), None)
        if found is None:
            raise InputError(f"{self._path} does not hold {what}; jury verify says more")
        return str(found[0])

    def _rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        try:
            for row in self._connection.execute(query, values):  # noqa: UP028 - delegating would close the cursor late
                yield row
        except (sqlite3.Error, UnicodeDecodeError) as error:  # a damaged file's own words may be no text
            raise InputError(f"{self._path} can't be read as a ledger ({error}); name a run's folder") from None

    def _call(self, row: tuple[Any, ...]) -> KeptCall:
        key, request, completion = row
        asked, answered = self._read(Request, request, f"call {key}"), self._read(Completion, completion, f"call {key}")
        return KeptCall(str(key), asked, answered, len(request) + len(completion))

    def _read(self, kind: type[R], record: str, what: str) -> R:
        try:
            return kind.from_json(record)
        except ValidationError:
            raise InputError(f"{self._path}: the row of {what} can't be read; jury verify says more") from None


@contextmanager
def kept_calls(place: Path) -> Iterator[Calls]:
    """The calls of the ledger in a run's folder, or in a file. Raises `InputError` where there is none."""
    path = ledger_file(place)
    # At rest nothing but the file is read: no side files are made, so a folder that can't be written to will do.
    at_rest = "" if path.with_name(path.name + "-wal").exists() else "&immutable=1"
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro{at_rest}", uri=True)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    try:
        yield Calls(path, connection, _run_in(place))
    finally:
        connection.close()


def _run_in(place: Path) -> str | None:
    """The id of the run whose folder it is, None for a ledger's file or a folder without a manifest."""
    return run_id(read_manifest(place)) if (place / FILE).is_file() else None


def _in_order(occasion: Occasion) -> tuple[bool, int, int, str, int]:
    """The target's turns, then the jury's rounds, each with what was said in it before the ballots."""
    return (
        occasion.phase != TARGET, occasion.round, PHASES.index(occasion.phase), occasion.seat, occasion.attempt
    )  # fmt: skip
