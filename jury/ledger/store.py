"""The ledger: every finished call, and what was made of it, in one SQLite or PostgreSQL database."""

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, Table, create_engine, delete, event, select
from sqlalchemy.exc import SQLAlchemyError

from jury.errors import InputError, StoppedEarlyError
from jury.ledger import schema
from jury.ledger.rows import R, record_of
from jury.ledger.writer import GroupCommit
from jury.records import Answered, Case, Completion, Request, Usage, Verdict
from jury.trials import TARGET, target_rows, trial_rows
from jury.usage import in_turn


class Ledger:
    """Reads and writes one ledger.

    Calls are looked up by key; a call is committed before its answer is used. Everything else a run
    leaves behind (its manifest, cases, trials, verdicts) lives beside the calls it was made of.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        schema.metadata.create_all(engine)
        self.secret = self._meta("secret", secrets.token_hex(16))
        self._check_version()
        self._writer = GroupCommit(engine)
        self._known = self._known_keys()

    @classmethod
    def open(cls, path: Path) -> "Ledger":
        """The SQLite ledger at a path, made if it is not there. Raises `InputError` if it can't be."""
        engine = create_engine(f"sqlite:///{path}")
        event.listen(engine, "connect", _set_up_sqlite)
        try:
            ledger = cls(engine)
        except (SQLAlchemyError, sqlite3.Error) as error:
            engine.dispose()
            raise InputError(
                f"{path} can't be opened as a ledger: {getattr(error, 'orig', error)}; "
                "restore the file, or see that its disk can be written and has room"
            ) from None
        except InputError:
            engine.dispose()
            raise
        event.listen(engine, "handle_error", _stop)
        return ledger

    def find(self, key: str) -> Completion | None:
        """The finished call of that key, None if it was never made."""
        return self.call(key) if key in self._known else None

    def call(self, key: str) -> Completion:
        """The finished call of that key. Raises `KeyError` if it was never made."""
        with self._engine.connect() as connection:
            found = connection.execute(select(schema.calls).where(schema.calls.c.key == key)).mappings().one_or_none()
        if found is None:
            raise KeyError(key)
        return self._record(Completion, schema.calls, found, "completion")

    def calls(self, run: str | None = None) -> Iterator[tuple[Request, Completion]]:
        """Every finished call: what was asked and what came back; of a `run`, without those that another rests on."""
        calls, trials = schema.calls.c, schema.trials.c
        query = select(schema.calls).order_by(calls.key)
        if run is not None:
            query = query.where(calls.key.not_in(select(trials.call).where(trials.run != run)))
        with self._engine.connect() as connection:
            for row in connection.execute(query).mappings():
                completion = self._record(Completion, schema.calls, row, "completion")
                yield Request.from_json(row["request"]), completion

    def models(self) -> dict[str, str]:
        """The model of every finished call, by the call's key."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.calls.c.key, schema.calls.c.model))
            return {row.key: row.model for row in rows}

    async def add_call(self, request: Request, completion: Completion) -> None:
        """Keep a finished call; it is on disk when this returns."""
        row = {
            "key": request.key,
            "model": request.model,
            "request": request.to_json().decode(),
            "completion": completion.to_json().decode(),
        }
        await self._writer.commit([(schema.calls, schema.sealed(schema.calls, row))])
        self._known.add(request.key)

    async def add_answers(self, run: str, answered: Answered) -> None:
        """Keep what a target said to a case, and the way to its calls; a case that has answers keeps those."""
        row = {"run": run, "case_id": answered.case_id, "record": answered.to_json().decode()}
        rows = [(schema.answers, schema.sealed(schema.answers, row))]
        keys = (answer.call for answer in answered.answers if answer.call)
        await self._writer.commit([*rows, *_trials(run, answered.case_id, target_rows(keys))])

    async def add_verdict(self, run: str, verdict: Verdict, trials: Iterable[dict[str, Any]]) -> None:
        """Keep a finished case and the way from its seats to their calls, together or not at all."""
        row = {"run": run, "case_id": verdict.case_id, "record": verdict.to_json().decode()}
        rows = [(schema.verdicts, schema.sealed(schema.verdicts, row))]
        await self._writer.commit([*rows, *_trials(run, verdict.case_id, trials)])

    async def add_run(self, run: str, manifest: str, cases: Iterable[Case]) -> None:
        """Keep a run's manifest and its cases in their order; rows that are there stay as they are."""
        run_row = {"run": run, "manifest": manifest}
        rows = [(schema.runs, schema.sealed(schema.runs, run_row))]
        for position, case in enumerate(cases):
            row = {
                "run": run,
                "case_id": case.id,
                "position": position,
                "hash": case.content_hash,
                "record": case.to_json().decode(),
            }
            rows.append((schema.cases, schema.sealed(schema.cases, row)))
        await self._writer.commit(rows)

    def answers(self, run: str) -> Iterator[Answered]:
        """What a run's target said, case by case in the order of its source."""
        return self._records(Answered, schema.answers, run)

    def answer(self, run: str, case_id: str) -> Answered | None:
        """What a run's target said to one case, None where it has not been asked."""
        row = self._row(schema.answers, run, case_id)
        return None if row is None else self._record(Answered, schema.answers, row)

    def answered(self, run: str) -> frozenset[str]:
        """The ids of the cases that the target has answered, or failed to."""
        return self._ids(schema.answers, run)

    def verdicts(self, run: str) -> Iterator[Verdict]:
        """The finished cases of a run, in the order of its source."""
        return self._records(Verdict, schema.verdicts, run)

    def finished(self, run: str) -> frozenset[str]:
        """The ids of the cases that have a verdict."""
        return self._ids(schema.verdicts, run)

    def case_hashes(self, run: str) -> dict[str, str]:
        """The content hash of every case of a run as it was first loaded, by id."""
        query = select(schema.cases.c.case_id, schema.cases.c.hash).where(schema.cases.c.run == run)
        with self._engine.connect() as connection:
            return {row.case_id: row.hash for row in connection.execute(query)}

    def cases(self, run: str) -> Iterator[Case]:
        """The cases of a run, in the order of its source."""
        query = select(schema.cases).where(schema.cases.c.run == run).order_by(schema.cases.c.position)
        with self._engine.connect() as connection:
            for row in connection.execute(query).mappings():
                yield self._record(Case, schema.cases, row)

    def case(self, run: str, case_id: str) -> Case:
        """One case of a run. Raises `KeyError` if the run has none of that id."""
        row = self._row(schema.cases, run, case_id)
        if row is None:
            raise KeyError(case_id)
        return self._record(Case, schema.cases, row)

    def usage(self, run: str) -> Usage:
        """What a run's calls cost, each counted once however many cases share it; seconds add up."""
        used = select(schema.trials.c.call).where(schema.trials.c.run == run).distinct().subquery()
        query = select(schema.calls).join(used, used.c.call == schema.calls.c.key)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(schema.calls.c.key)).mappings()
            return in_turn(self._record(Completion, schema.calls, row, "completion").usage for row in rows)

    def forget_invalid(self, run: str, *, answers: bool = True) -> int:
        """Drop every verdict of a run that rests on an invalid ballot or answer, and the failed calls behind it.

        They are made again when the run goes on; without `answers`, those of the target stay as they are. What other
        juries made of a call that goes is dropped with it: they are unfinished then, until their commands go on.
        Returns how many verdicts were dropped.
        """
        dropped = [verdict for verdict in self.verdicts(run) if _rests_on_something_invalid(verdict)]
        rows = (row for verdict in dropped for row in trial_rows(verdict) if answers or row["phase"] != TARGET)
        self._forget([(run, verdict.case_id) for verdict in dropped], [row["call"] for row in rows], answers)
        return len(dropped)

    def forget_invalid_answers(self, run: str) -> int:
        """Drop the answers of a run that failed, with their calls; as `forget_invalid` does with verdicts."""
        failed = [answered for answered in self.answers(run) if not answered.valid]
        keys = [answer.call for answered in failed for answer in answered.answers if answer.call]
        self._forget([(run, answered.case_id) for answered in failed], keys, answers=True)
        return len(failed)

    def _forget(self, cases: list[tuple[str, str]], keys: list[str], answers: bool) -> None:
        """Drop what was made of some runs' cases, those of the calls that failed, and all that rests on those."""
        failed = [key for key in keys if (known := self.find(key)) is not None and known.error is not None]
        trials, calls = schema.trials, schema.calls
        with self._engine.begin() as connection:
            resting = list(cases)
            for key in failed:
                query = select(trials.c.run, trials.c.case_id).where(trials.c.call == key)
                resting += [(row.run, row.case_id) for row in connection.execute(query)]
                connection.execute(delete(trials).where(trials.c.call == key))
                connection.execute(delete(calls).where(calls.c.key == key))
            for run, case_id in dict.fromkeys(resting):
                _drop_verdict(connection, run, case_id)
                if answers:
                    _drop_invalid_answer(connection, run, case_id)
        self._known.difference_update(failed)

    async def close(self) -> None:
        """Write what is waiting and let go of the database."""
        await self._writer.close()
        self._engine.dispose()

    def _record(self, kind: type[R], table: Table, row: Mapping[Any, Any], column: str = "record") -> R:
        return record_of(kind, table, row, self._engine.url, column)

    def _row(self, table: Table, run: str, case_id: str) -> Mapping[Any, Any] | None:
        with self._engine.connect() as connection:
            return connection.execute(select(table).where(_is_row(table, run, case_id))).mappings().one_or_none()

    def _records(self, kind: type[R], table: Table, run: str) -> Iterator[R]:
        """What a table holds of a run, in the order of its source."""
        cases = schema.cases.c
        joined = table.join(schema.cases, (table.c.run == cases.run) & (table.c.case_id == cases.case_id))
        query = select(table).select_from(joined).where(table.c.run == run).order_by(cases.position)
        with self._engine.connect() as connection:
            for row in connection.execute(query).mappings():
                yield self._record(kind, table, row)

    def _ids(self, table: Table, run: str) -> frozenset[str]:
        with self._engine.connect() as connection:
            return frozenset(connection.execute(select(table.c.case_id).where(table.c.run == run)).scalars())

    def _meta(self, name: str, default: str) -> str:
        """The stored value of that name; the default becomes it if there is none yet."""
        with self._engine.begin() as connection:
            value = connection.execute(select(schema.meta.c.value).where(schema.meta.c.name == name)).scalar()
            if value is None:
                connection.execute(schema.meta.insert().values(name=name, value=default))
                value = default
        return str(value)

    def _check_version(self) -> None:
        found = self._meta("schema", str(schema.SCHEMA_VERSION))
        if not found.isdecimal():
            raise InputError(f"{self._engine.url} is not a ledger: its schema is {found!r}, not a number")
        if int(found) > schema.SCHEMA_VERSION:
            raise InputError(
                f"{self._engine.url} was written by a newer release (schema {found}, this one knows "
                f"{schema.SCHEMA_VERSION}); upgrade multimodal-jury"
            )
        if int(found) < schema.SCHEMA_VERSION:
            self._upgrade()

    def _upgrade(self) -> None:
        """Say that a ledger holds what this release writes: so far every release only added tables."""
        meta, version = schema.meta, str(schema.SCHEMA_VERSION)
        with self._engine.begin() as connection:
            connection.execute(meta.update().where(meta.c.name == "schema").values(value=version))

    def _known_keys(self) -> set[str]:
        with self._engine.connect() as connection:
            return set(connection.execute(select(schema.calls.c.key)).scalars())


def _rests_on_something_invalid(verdict: Verdict) -> bool:
    causes = [said.cause for held in verdict.rounds for said in held.ballots]
    causes += [said.cause for held in verdict.rounds for said in held.statements]
    return verdict.outcome.state == "invalid" or any(cause is not None for cause in causes)


def _trials(run: str, case_id: str, rows: Iterable[dict[str, Any]]) -> Iterator[tuple[Table, dict[str, Any]]]:
    for row in rows:
        yield schema.trials, schema.sealed(schema.trials, {"run": run, "case_id": case_id, **row})


def _drop_verdict(connection: Connection, run: str, case_id: str) -> None:
    """Drop a case's verdict with its jury's trials; those of the target belong to its answers."""
    trials = schema.trials
    connection.execute(delete(trials).where(_is_row(trials, run, case_id) & (trials.c.phase != TARGET)))
    connection.execute(delete(schema.verdicts).where(_is_row(schema.verdicts, run, case_id)))


def _drop_invalid_answer(connection: Connection, run: str, case_id: str) -> None:
    kept = schema.answers
    record = connection.execute(select(kept.c.record).where(_is_row(kept, run, case_id))).scalar()
    if record is not None and not Answered.from_json(record).valid:
        connection.execute(delete(kept).where(_is_row(kept, run, case_id)))


def _is_row(table: Table, run: str, case_id: str) -> Any:
    return (table.c.run == run) & (table.c.case_id == case_id)


def _stop(met: ExceptionContext) -> None:
    """What a database answers once it is open is no case's fault: the run stops, and can go on."""
    reason = " ".join(str(met.original_exception).split())
    doing = (met.statement or "").split(" ", 1)[0]
    done = {"": "used", "SELECT": "read"}.get(doing, "written")
    raise StoppedEarlyError(
        f"the ledger {met.engine.url if met.engine else ''} can't be {done}: {reason}; "
        "mend that, and the same command goes on from here"
    )


def _set_up_sqlite(connection: Any, _: Any) -> None:
    """Readers beside one writer, every commit on disk before it is believed, and torn text read for its seal to betray."""
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")
