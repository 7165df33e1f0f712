"""Bringing an index up to date with its run's ledger: what is there stays, what is new is added, piece by piece."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from benchmarks.calls import Calls, kept_calls
from benchmarks.gold.corrections import FILE as CORRECTED
from benchmarks.gold.corrections import read_corrections
from benchmarks.gold.meanings import PART as GOLD
from benchmarks.manifest import FILE as MANIFEST
from benchmarks.manifest import read_manifest, truth_in
from benchmarks.trial import answers_to
from benchmarks.viewer.index.database import Heard, Index
from benchmarks.viewer.index.rows import SEARCHED, facts_of, findings_of, measured_of, media_of, prompt_of
from benchmarks.viewer.index.wishes import EXACT
from benchmarks.viewer.places import RunPlace
from jury.errors import InputError
from jury.hashing import sha256_of_json
from jury.ledger.address import address_in
from jury.records import Verdict

T = TypeVar("T")

#: Cases that are added together.
_PIECE = 500


def bring_up_to_date(index: Index, run: RunPlace, heard: Heard | None = None) -> None:
    """Add what the run's ledger holds and the index does not. Whatever was forgotten in the ledger is begun anew."""
    stamp = _stamp(run)
    if stamp is not None and stamp == index.stamp:
        return
    with index.lock, kept_calls(run.folder) as calls:
        labels = _labels(run)
        stamp = stamp or (*calls.stamp(run.id), labels)
        if stamp == index.stamp:
            return
        if _noted(index, "labels") != labels or not _fits(index, calls, run):
            index.clear()
            with index.writing() as connection:
                _note(connection, "labels", labels)
        total = calls.count("cases", run.id)
        _add_cases(index, calls, run)
        for done in _add_verdicts(index, calls, run):
            if heard is not None:
                heard(done, total)
        index.stamp = stamp


def _stamp(run: RunPlace) -> object:
    """What changes with everything that is written to the file of a run's ledger, or to what says how its labels read;
    None where the ledger is a database.
    """
    file = address_in(run.store).file
    if file is None:
        return None
    files = (file, file.with_name(f"{file.name}-wal"), *(run.folder / name for name in (MANIFEST, CORRECTED)))
    return tuple((found.st_mtime_ns, found.st_size) for file in files if file.exists() and (found := file.stat()))


def _labels(run: RunPlace) -> str:
    """What names the labels of a run as they count now, and their meanings."""
    told = read_manifest(run.folder).get(GOLD)
    corrections = {case: [one.model_dump() for one in labels] for case, labels in read_corrections(run.folder).items()}
    return sha256_of_json([told, corrections])


def _fits(index: Index, calls: Calls, run: RunPlace) -> bool:
    """Whether all that the index knows is still in the ledger, and was not judged anew since."""
    last, known = _noted(index, "last"), int(_noted(index, "heard") or 0)
    if (places := _noted(index, "places")) is not None and int(places) != calls.places(run.id, _last_case(index)):
        return False
    if last is None:
        return known == 0
    row, digest = last.split(" ")
    return known <= calls.count("verdicts", run.id) and calls.digest_at(run.id, int(row)) == digest


def _add_cases(index: Index, calls: Calls, run: RunPlace) -> None:
    start = _last_case(index)
    if index.rows("SELECT count(*) AS cases FROM cases")[0]["cases"] == calls.count("cases", run.id):
        return
    manifest = read_manifest(run.folder)
    for piece in _pieces(calls.cases_after(run.id, start)):
        with index.writing() as connection:
            for number, position, case in piece:
                truth = truth_in(manifest, run.jury.rubric, case)
                _add(connection, facts_of(case, number, position, truth, run.target))
                connection.execute("INSERT INTO prompts (rowid, words) VALUES (?, ?)", (number, prompt_of(case)))
                for ref in media_of(case):
                    values = (ref.sha256, ref.to_json().decode())
                    connection.execute("INSERT OR IGNORE INTO media VALUES (?, ?)", values)
    places = calls.places(run.id, _last_case(index))
    with index.writing() as connection:
        _note(connection, "places", str(places))


def _last_case(index: Index) -> int:
    """The row of the ledger whose case the index learned last, 0 where it knows none."""
    return int(index.rows("SELECT coalesce(max(number), 0) AS last FROM cases")[0]["last"])


def _add_verdicts(index: Index, calls: Calls, run: RunPlace) -> Iterator[int]:
    last = _noted(index, "last")
    start, done = int(last.split(" ")[0]) if last else 0, int(_noted(index, "heard") or 0)
    for piece in _pieces(calls.verdicts_after(run.id, start)):
        with index.writing() as connection:
            for row, digest, verdict in piece:
                _add_verdict(connection, calls, run, verdict)
                done += 1
                _note(connection, "last", f"{row} {digest}")
            _note(connection, "heard", str(done))
        yield done


def _add_verdict(connection: sqlite3.Connection, calls: Calls, run: RunPlace, verdict: Verdict) -> None:
    found = findings_of(verdict)
    values = ", ".join(f"{name} = :{name}" for name in found)
    query = f"UPDATE cases SET {values} WHERE case_id = :case_id RETURNING number"
    row = connection.execute(query, {**found, "case_id": verdict.case_id}).fetchone()
    if row is None:
        raise InputError(
            f"{run.folder}: the verdict on case {verdict.case_id!r} is on no case of its run; jury verify says more"
        )
    _add_facets(connection, found)
    case = calls.case(run.id, verdict.case_id)
    measured = measured_of(verdict, case, run.jury.rubric, run.headline_names, run.suite)
    connection.executemany("INSERT INTO measured VALUES (?, ?, ?, ?)", [(row[0], *one) for one in measured])
    said = "\n".join(answer.text for answer in answers_to(case, verdict, calls.completion))
    connection.execute("INSERT INTO answers (rowid, words) VALUES (?, ?)", (row[0], said[:SEARCHED]))


def _add(connection: sqlite3.Connection, row: dict[str, Any]) -> None:
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO cases ({names}) VALUES ({marks})", row)
    _add_facets(connection, row)


def _add_facets(connection: sqlite3.Connection, row: dict[str, Any]) -> None:
    """Note the values to filter by."""
    values = [(name, row[name]) for name in EXACT if row.get(name)]
    connection.executemany("INSERT OR IGNORE INTO facets VALUES (?, ?)", values)


def _noted(index: Index, name: str) -> str | None:
    found = index.rows("SELECT value FROM progress WHERE name = ?", (name,))
    return str(found[0]["value"]) if found else None


def _note(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO progress VALUES (?, ?)", (name, value))


def _pieces(items: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(items)
    while piece := list(islice(waiting, _PIECE)):
        yield piece
