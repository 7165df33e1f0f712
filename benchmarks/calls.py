"""The calls and cases that a run's ledger holds, for reading: nothing here makes a ledger or changes one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar

import orjson
from pydantic import ValidationError
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from benchmarks.folders import store_of
from benchmarks.gold.corrections import Corrections, corrected, read_corrections
from benchmarks.manifest import FILE, read_manifest, run_id
from jury.errors import InputError
from jury.ledger.address import LEDGER, Address, address_in, holds_ledger
from jury.ledger.databases import FETCHED, readable, reason_of
from jury.records import Answered, Case, Completion, Record, Request, Verdict
from jury.trials import CLERK, STATEMENT, TARGET

R = TypeVar("R", bound=Record)

#: Phases of a trial in the order they are held.
PHASES = (TARGET, CLERK, "screening", "assessment", STATEMENT, "deliberation", "reballot", "tie_break", "summary")

#: The condition that a case belongs to its run: one that was withdrawn stands nowhere in the source.
_LISTED = "cases.position >= 0"

#: The case that a row of another table is about.
_CASE_OF = "cases ON cases.run = {0}.run AND cases.case_id = {0}.case_id"

#: A query's words, taken apart once.
_clause = lru_cache(maxsize=64)(text)


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


def ledger_at(place: Path) -> Address:
    """The ledger of a run's folder, or in a file itself. Raises `InputError` where there is none."""
    if place.is_dir() and holds_ledger(store_of(place)):
        return address_in(store_of(place))
    if place.is_file():
        return Address.of_file(place)
    raise InputError(f"{place} holds no ledger; name a run's folder (its --out) or a {LEDGER}")


class Calls:
    """The calls of one ledger and what they were made for; with a `run`, a case's are those of that run alone.

    Cases have the labels that count now: those of the `corrections` in place of the ledger's.
    """

    def __init__(
        self,
        address: Address,
        connection: Connection,
        run: str | None = None,
        corrections: Corrections = MappingProxyType({}),
    ) -> None:
        self._address, self._connection, self._run, self._corrections = address, connection, run, corrections

    def all(self) -> Iterator[KeptCall]:
        """Every call, in the order they were finished."""
        yield from map(self._call, self._rows("SELECT key, request, completion FROM calls ORDER BY rowid"))

    def named(self, start: str) -> KeptCall:
        """The one call whose key starts like this. Raises `InputError` for none or several."""
        # Keys are hex digits: none that starts so lies beyond a `g`, and the index finds the range.
        query = "SELECT key, request, completion FROM calls WHERE key >= :first AND key < :beyond LIMIT 2"
        found = list(self._rows(query, first=start.lower(), beyond=f"{start.lower()}g"))
        if len(found) != 1:
            raise InputError(
                f"{self._address}: {'several calls have' if found else 'no call has'} a key like {start!r}"
            )
        return self._call(found[0])

    def of_case(self, case: str) -> list[tuple[Occasion, KeptCall]]:
        """The calls of a case that has a verdict, in the order of its trial. Raises `InputError` for an unknown one."""
        occasions = list(self.occasions(self._run, case))
        if not occasions:
            raise InputError(
                f"{self._address}: no verdict on a case {case!r} rests on any call; `show` lists all calls"
            )
        occasions.sort(key=_in_order)
        return [(occasion, self.named(occasion.key)) for occasion in occasions]

    def completion(self, key: str) -> Completion:
        """What came back on the call of exactly this key. Raises `InputError` where it is not kept."""
        kept = self._record(f"the call {key}", "SELECT completion FROM calls WHERE key = :key", key=key)
        return self._read(Completion, kept, f"call {key}")

    def case(self, run: str, case: str) -> Case:
        """A case of a run. Raises `InputError` where it is not kept."""
        query = "SELECT record FROM cases WHERE run = :run AND case_id = :case"
        return self._case(self._record(f"case {case!r}", query, run=run, case=case), f"case {case!r}")

    def occasions(self, run: str | None = None, case: str | None = None) -> Iterator[Occasion]:
        """What calls were made for, as far as there is an answer or a verdict; in one run and case, or in all of the ledger."""
        asked = {name: value for name, value in (("run", run), ("case_id", case)) if value is not None}
        where = " AND ".join(f"{name} = :{name}" for name in asked) or "1 = 1"
        query = f"SELECT case_id, phase, round, seat, attempt, call FROM trials WHERE {where} ORDER BY rowid"  # noqa: S608 - our own words
        for row in self._rows(query, **asked):
            if row[1] in PHASES:
                yield Occasion(*row)

    def cases(self, run: str) -> Iterator[Case]:
        """The cases of a run, in the order of its source."""
        query = f"SELECT case_id, record FROM cases WHERE run = :run AND {_LISTED} ORDER BY position"  # noqa: S608 - our own words
        for case, record in self._rows(query, run=run):
            yield self._case(record, f"case {case!r}")

    def cases_after(self, run: str, row: int) -> Iterator[tuple[int, int, Case]]:
        """The cases of a run that were kept after a row of the ledger, with their row and their place in the source."""
        query = (
            f"SELECT rowid, position, record FROM cases WHERE run = :run AND rowid > :row AND {_LISTED} ORDER BY rowid"  # noqa: S608 - our own words
        )
        for at, place, record in self._rows(query, run=run, row=row):
            yield at, place, self._case(record, f"case number {place + 1}")

    def places(self, run: str, row: int) -> int:
        """What changes where one of a run's cases up to a row of the ledger is withdrawn, or stands elsewhere in the source."""
        query = "SELECT coalesce(sum(rowid * (position + 2)), 0) FROM cases WHERE run = :run AND rowid <= :row"
        return self._number(query, run=run, row=row)

    def verdicts_after(self, run: str, row: int) -> Iterator[tuple[int, str, Verdict]]:
        """The verdicts of a run that were kept after a row of the ledger, with their row and its digest."""
        query = (
            f"SELECT verdicts.rowid, verdicts.digest, verdicts.record FROM verdicts JOIN {_CASE_OF.format('verdicts')} "  # noqa: S608 - our own words
            f"WHERE verdicts.run = :run AND verdicts.rowid > :row AND {_LISTED} ORDER BY verdicts.rowid"
        )
        for at, digest, record in self._rows(query, run=run, row=row):
            yield at, digest, self._read(Verdict, record, f"verdict number {at}")

    def digest_at(self, run: str, row: int) -> str | None:
        """The digest of the verdict in a row of the ledger, None where it is gone."""
        found = self._row("SELECT digest FROM verdicts WHERE run = :run AND rowid = :row", run=run, row=row)
        return None if found is None else str(found[0])

    def verdict(self, run: str, case: str) -> Verdict | None:
        """The verdict on one case, None where the jury has not heard it yet."""
        query = "SELECT record FROM verdicts WHERE run = :run AND case_id = :case"
        found = self._row(query, run=run, case=case)
        return None if found is None else self._read(Verdict, found[0], f"the verdict on case {case!r}")

    def answered(self, run: str, case: str) -> Answered | None:
        """What a target has said to one case, None where it has not been asked."""
        query = "SELECT record FROM answers WHERE run = :run AND case_id = :case"
        found = self._row(query, run=run, case=case) if self._has_answers() else None
        return None if found is None else self._read(Answered, found[0], f"the answers to case {case!r}")

    def count(self, table: Literal["cases", "verdicts", "answers"], run: str) -> int:
        """How many cases of a run there are, or are judged, or answered."""
        joined = "" if table == "cases" else f" JOIN {_CASE_OF.format(table)}"
        query = f"SELECT count(*) FROM {table}{joined} WHERE {table}.run = :run AND {_LISTED}"  # noqa: S608 - our own words
        return self._number(query, run=run)

    def stamp(self, run: str) -> tuple[int, ...]:
        """What changes with every case and verdict of a run that comes or goes."""
        last = "SELECT coalesce(max(rowid), 0) FROM verdicts WHERE run = :run"
        newest = self._number("SELECT coalesce(max(rowid), 0) FROM cases WHERE run = :run", run=run)
        places = self.places(run, newest)
        return self.count("cases", run), places, self.count("verdicts", run), self._number(last, run=run)

    def runs(self) -> int:
        """How many runs the ledger holds."""
        return self._number("SELECT count(*) FROM runs")

    def waiting(self) -> int:
        """How many cases are not finished yet: their calls may still be used. A run without a jury needs no verdicts."""
        return sum(
            self._unfinished(run, "answers" if _collects(manifest) and self._has_answers() else "verdicts")
            for run, manifest in list(self._rows("SELECT run, manifest FROM runs"))
        )

    def _unfinished(self, run: str, table: Literal["verdicts", "answers"]) -> int:
        done = f"SELECT 1 FROM {table} WHERE {table}.run = cases.run AND {table}.case_id = cases.case_id"  # noqa: S608 - our own words
        query = f"SELECT count(*) FROM cases WHERE run = :run AND {_LISTED} AND NOT EXISTS ({done})"  # noqa: S608 - our own words
        return self._number(query, run=run)

    def size(self) -> int:
        """The bytes that the ledger takes: its file's, or its tables' in a database."""
        if self._address.file is not None:
            return self._address.file.stat().st_size
        query = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
        return self._number(query)

    def _has_answers(self) -> bool:
        """Whether the ledger has a table for answers; those of earlier releases have none."""
        return inspect(self._connection).has_table("answers")

    def _record(self, what: str, query: str, **values: object) -> str:
        found = self._row(query, **values)
        if found is None:
            raise InputError(f"{self._address} does not hold {what}; jury verify says more")
        return str(found[0])

    def _rows(self, query: str, **values: object) -> Iterator[tuple[Any, ...]]:
        """Rows, a few at a time."""
        streamed = {"yield_per": FETCHED}
        with self._readable():
            found = self._connection.execute(_clause(query), values, execution_options=streamed)
            try:
                yield from map(tuple, found)
            finally:
                if not self._connection.closed:  # whoever stops reading half-way may be collected later than the ledger
                    found.close()

    def _row(self, query: str, **values: object) -> tuple[Any, ...] | None:
        with self._readable():
            found = self._connection.execute(_clause(query), values).first()
            return None if found is None else tuple(found)

    def _number(self, query: str, **values: object) -> int:
        return int((self._row(query, **values) or (0,))[0])

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, UnicodeDecodeError) as error:  # a damaged file's own words may be no text
            raise InputError(
                f"{self._address} can't be read as a ledger ({reason_of(error)}); name a run's folder"
            ) from None

    def _call(self, row: tuple[Any, ...]) -> KeptCall:
        key, request, completion = row
        asked, answered = self._read(Request, request, f"call {key}"), self._read(Completion, completion, f"call {key}")
        return KeptCall(str(key), asked, answered, len(request) + len(completion))

    def _case(self, record: str, what: str) -> Case:
        return corrected(self._read(Case, record, what), self._corrections)

    def _read(self, kind: type[R], record: str, what: str) -> R:
        try:
            return kind.from_json(record)
        except ValidationError:
            raise InputError(f"{self._address}: the row of {what} can't be read; jury verify says more") from None


@contextmanager
def kept_calls(place: Path) -> Iterator[Calls]:
    """The calls of the ledger in a run's folder, or in a file. Raises `InputError` where there is none."""
    address = ledger_at(place)
    with readable(address) as connection:
        yield Calls(address, connection, _run_in(place), read_corrections(place) if place.is_dir() else {})


def _run_in(place: Path) -> str | None:
    """The id of the run whose folder it is, None for a ledger's file or a folder without a manifest."""
    return run_id(read_manifest(place)) if (place / FILE).is_file() else None


def _in_order(occasion: Occasion) -> tuple[bool, int, int, str, int]:
    """The target's turns, then the jury's rounds, each with what was said in it before the ballots."""
    return (
        occasion.phase != TARGET, occasion.round, PHASES.index(occasion.phase), occasion.seat, occasion.attempt
    )  # fmt: skip


def _collects(manifest: str) -> bool:
    """Whether a run only collects answers."""
    try:
        told = orjson.loads(manifest)
    except orjson.JSONDecodeError:
        return False
    return isinstance(told, dict) and "jury" in told and told["jury"] is None
