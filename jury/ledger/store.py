"""The ledger: every finished call, and what was made of it, in one SQLite or PostgreSQL database."""

import asyncio
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, Select, Table, delete, event, select, update
from sqlalchemy.exc import SQLAlchemyError

from jury.errors import InputError, StoppedEarlyError
from jury.ledger import schema
from jury.ledger.address import Address
from jury.ledger.databases import FETCHED, reason_of, writable
from jury.ledger.forgetting import forget, forget_run, is_row, rests_on_something_invalid
from jury.ledger.holding import keep_others_out, let_others_in, take_part
from jury.ledger.rows import R, record_of
from jury.ledger.schema import WITHDRAWN
from jury.ledger.writer import GroupCommit
from jury.records import Answered, Case, Completion, Request, Usage, Verdict
from jury.trials import TARGET, target_rows, trial_rows
from jury.usage import in_turn

#: The row of `meta` that takes up room for a moment, and its length in bytes.
_RESERVE, _RESERVED = "reserve", 64 * 1024


class Ledger:
    """Reads and writes one ledger.

    Calls are looked up by key; a call is committed before its answer is used. Everything else a run
    leaves behind (its manifest, cases, trials, verdicts) lives beside the calls it was made of.
    """

    def __init__(self, engine: Engine, address: Address, run: str | None = None) -> None:
        self._engine, self._address, self._run = engine, address, run
        self._held = engine.connect()
        try:
            if address.shared:
                take_part(self._held, address, run)
            query = select(schema.meta.c.value).where(schema.meta.c.name == "secret")
            self.secret = str(self._held.execute(query).scalar_one())
            self._known = set(self._held.execute(select(schema.calls.c.key)).scalars()) if not address.shared else set()
            self._held.rollback()
        except BaseException:
            self._held.close()
            raise
        self._writer = GroupCommit(self._held, address)

    @classmethod
    def open(cls, at: Address | Path, run: str | None = None) -> "Ledger":
        """The ledger in a file or a database, made if it is not there.

        In a database, which several processes may write, the `run` is held alone. Raises `InputError` where another
        process holds it, or where it can't be opened.
        """
        address = at if isinstance(at, Address) else Address.of_file(at)
        engine = writable(address)
        try:
            ledger = cls(engine, address, run)
        except (SQLAlchemyError, sqlite3.Error) as error:
            engine.dispose()
            raise InputError(f"{address} can't be opened as a ledger: {reason_of(error)}; restore it") from None
        except InputError:
            engine.dispose()
            raise
        event.listen(engine, "handle_error", ledger._stop)
        return ledger

    def find(self, key: str) -> Completion | None:
        """The finished call of that key, None if it was never made."""
        if not self._address.shared and key not in self._known:
            return None
        found = self._call(key)
        return None if found is None else self._record(Completion, schema.calls, found, "completion")

    async def look_up(self, key: str) -> Completion | None:
        """The same, without holding up whoever else waits; in a database, calls of other processes are found, too."""
        if not self._address.shared:
            return self.find(key)
        found = await asyncio.to_thread(self.find, key)
        if found is None and key in self._known:  # kept here since the database was asked
            found = await asyncio.to_thread(self.find, key)
        return found

    def call(self, key: str) -> Completion:
        """The finished call of that key. Raises `KeyError` if it was never made."""
        found = self._call(key)
        if found is None:
            raise KeyError(key)
        return self._record(Completion, schema.calls, found, "completion")

    def calls(self, run: str | None = None) -> Iterator[tuple[Request, Completion]]:
        """Every finished call: what was asked and what came back.

        Of a `run`: those that it paid for; where nobody knows who did, those that no other run rests on.
        """
        calls, trials, payers = schema.calls.c, schema.trials.c, schema.payers.c
        query = select(schema.calls).order_by(calls.key)
        if run is not None:
            of_nobody = payers.run.is_(None) & calls.key.not_in(select(trials.call).where(trials.run != run))
            query = query.outerjoin(schema.payers, payers.call == calls.key).where((payers.run == run) | of_nobody)
        for row in self._many(query):
            completion = self._record(Completion, schema.calls, row, "completion")
            yield Request.from_json(row["request"]), completion

    def models(self) -> dict[str, str]:
        """The model of every finished call, by the call's key."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.calls.c.key, schema.calls.c.model))
            return {row.key: row.model for row in rows}

    async def check_written(self) -> None:
        """Wait until what was handed over is on disk. Raises `StoppedEarlyError` if anything could not be written."""
        await self._writer.check()

    async def reserve(self) -> None:
        """Write as much as the answers in flight may take, and free it again, before anything is paid for.

        Raises `StoppedEarlyError` where the store can't be written.
        """
        where = schema.meta.c.name == _RESERVE
        try:
            with self._engine.begin() as connection:
                connection.execute(schema.meta.delete().where(where))
                connection.execute(schema.meta.insert().values(name=_RESERVE, value="0" * _RESERVED))
            with self._engine.begin() as connection:
                connection.execute(schema.meta.delete().where(where))
        except SQLAlchemyError as error:
            raise StoppedEarlyError(
                f"the ledger {self._address} can't be written: {reason_of(error)}; nothing was asked; "
                "make room and give the same command again"
            ) from None

    async def add_call(self, request: Request, completion: Completion) -> Completion:
        """Keep a finished call, and return what is kept of it: what came first. It is on disk when this returns."""
        row = {
            "key": request.key,
            "model": request.model,
            "request": request.to_json().decode(),
            "completion": completion.to_json().decode(),
        }
        rows = [(schema.calls, schema.sealed(schema.calls, row))]
        if self._address.shared and self._run is not None:
            rows.append((schema.payers, {"call": request.key, "run": self._run}))
        new = await self._writer.commit(rows)
        self._known.add(request.key)
        return completion if new else await self.look_up(request.key) or completion

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
        """Keep a run's manifest and the cases that it is over now, in their order.

        A case that was kept before stays as it was first loaded. One that is no longer among them is withdrawn: its row
        and all that was made of it stay, and it counts again once it is back.
        """
        run_row = {"run": run, "manifest": manifest}
        rows = [(schema.runs, schema.sealed(schema.runs, run_row))]
        known = self._positions(run)
        moved: dict[str, int] = {}
        for position, case in enumerate(cases):
            before = known.pop(case.id, None)
            if before is not None:
                if before != position:
                    moved[case.id] = position
                continue
            row = {
                "run": run,
                "case_id": case.id,
                "position": position,
                "hash": case.content_hash,
                "record": case.to_json().decode(),
            }
            rows.append((schema.cases, schema.sealed(schema.cases, row)))
        moved |= {case_id: WITHDRAWN for case_id, before in known.items() if before != WITHDRAWN}
        await self._writer.commit(rows)
        self._move(run, moved)

    def _positions(self, run: str) -> dict[str, int]:
        """Where every case of a run that was ever kept stands in its source, `WITHDRAWN` for those that do no more."""
        query = select(schema.cases.c.case_id, schema.cases.c.position).where(schema.cases.c.run == run)
        return {row["case_id"]: row["position"] for row in self._many(query)}

    def _move(self, run: str, moved: Mapping[str, int]) -> None:
        """Note where some cases of a run stand in its source now."""
        if not moved:
            return
        with self._held.begin():
            for known in self._many(select(schema.cases).where(schema.cases.c.run == run)):
                case_id = known["case_id"]
                if case_id in moved:
                    row = {name: value for name, value in known.items() if name != "digest"}
                    sealed = schema.sealed(schema.cases, row | {"position": moved[case_id]})
                    where = is_row(schema.cases, run, case_id)
                    self._held.execute(update(schema.cases).where(where).values(sealed))

    def is_settled(self, run: str, case_id: str) -> bool:
        """Whether something was made of a case: a verdict that is not invalid, or an answer of the target's."""
        verdict = self._row(schema.verdicts, run, case_id)
        if verdict is not None and self._record(Verdict, schema.verdicts, verdict).outcome.state != "invalid":
            return True
        answered = self.answer(run, case_id)
        return answered is not None and answered.valid

    def drop_cases(self, run: str, case_ids: Iterable[str]) -> None:
        """Drop some cases of a run with all that was made of them, so that what stands in their rows now is judged anew."""
        with self._dropping() as connection:
            for case_id in case_ids:
                for table in (schema.verdicts, schema.answers, schema.trials, schema.cases):
                    connection.execute(delete(table).where(is_row(table, run, case_id)))

    def answers(self, run: str) -> Iterator[Answered]:
        """What a run's target said, case by case in the order of its source."""
        return self._records(Answered, schema.answers, run)

    def answer(self, run: str, case_id: str) -> Answered | None:
        """What a run's target said to one case, None where it has not been asked."""
        row = self._row(schema.answers, run, case_id)
        return None if row is None else self._record(Answered, schema.answers, row)

    def answered(self, run: str) -> frozenset[str]:
        """The ids of the run's cases that the target has answered, or failed to."""
        return self._ids(schema.answers, run) & self.case_ids(run)

    def verdicts(self, run: str) -> Iterator[Verdict]:
        """The finished cases of a run, in the order of its source."""
        return self._records(Verdict, schema.verdicts, run)

    def finished(self, run: str) -> frozenset[str]:
        """The ids of the run's cases that have a verdict."""
        return self._ids(schema.verdicts, run) & self.case_ids(run)

    def case_ids(self, run: str) -> frozenset[str]:
        """The ids of a run's cases, without those that were withdrawn."""
        return frozenset(case_id for case_id, position in self._positions(run).items() if position != WITHDRAWN)

    def withdrawn(self, run: str) -> frozenset[str]:
        """The ids of the cases that a run was over once and is no more."""
        return frozenset(case_id for case_id, position in self._positions(run).items() if position == WITHDRAWN)

    def case_records(self, run: str) -> Iterator[tuple[str, str]]:
        """The id and the record, as JSON, of every case of a run as it was first loaded, of those that were withdrawn too."""
        query = select(schema.cases.c.case_id, schema.cases.c.record).where(schema.cases.c.run == run)
        for row in self._many(query):
            yield row["case_id"], row["record"]

    def cases(self, run: str) -> Iterator[Case]:
        """The cases of a run, in the order of its source."""
        listed = (schema.cases.c.run == run) & (schema.cases.c.position != WITHDRAWN)
        query = select(schema.cases).where(listed).order_by(schema.cases.c.position)
        for row in self._many(query):
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
        rows = self._many(query.order_by(schema.calls.c.key))
        return in_turn(self._record(Completion, schema.calls, row, "completion").usage for row in rows)

    def forget_invalid(self, run: str, *, answers: bool = True) -> int:
        """Drop every verdict of a run that rests on an invalid ballot or answer, and the failed calls behind it.

        They are made again when the run goes on; without `answers`, those of the target stay as they are. What other
        juries made of a call that goes is dropped with it: they are unfinished then, until their commands go on.
        Returns how many verdicts were dropped.
        """
        dropped = [verdict for verdict in self.verdicts(run) if rests_on_something_invalid(verdict)]
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
        with self._dropping() as connection:
            forget(connection, cases, failed, answers=answers)
        self._known.difference_update(failed)

    def free(self, run: str, *, answered: bool) -> bool:
        """Drop a run that has no verdict yet, so that its folder is free for another; whether it was dropped.

        Unless `answered` says so, one that has made a call stays. Calls stay in any case, and belong to nobody.
        """
        if self._ids(schema.verdicts, run) or not (answered or next(self.calls(run), None) is None):
            return False
        with self._dropping() as connection:
            forget_run(connection, run)
        return True

    @contextmanager
    def _dropping(self) -> Iterator[Connection]:
        """A transaction that drops rows; of a database, while no other process writes there."""
        if self._address.shared:
            keep_others_out(self._held, self._address)
        try:
            with self._held.begin():
                yield self._held
        finally:
            if self._address.shared:
                let_others_in(self._held)

    async def close(self) -> None:
        """Write what is waiting and let go of the database."""
        await self._writer.close()
        self._held.close()
        self._engine.dispose()

    def _record(self, kind: type[R], table: Table, row: Mapping[Any, Any], column: str = "record") -> R:
        return record_of(kind, table, row, self._address, column)

    def _row(self, table: Table, run: str, case_id: str) -> Mapping[Any, Any] | None:
        with self._engine.connect() as connection:
            return connection.execute(select(table).where(is_row(table, run, case_id))).mappings().one_or_none()

    def _records(self, kind: type[R], table: Table, run: str) -> Iterator[R]:
        """What a table holds of a run, in the order of its source."""
        cases = schema.cases.c
        joined = table.join(schema.cases, (table.c.run == cases.run) & (table.c.case_id == cases.case_id))
        listed = (table.c.run == run) & (cases.position != WITHDRAWN)
        query = select(table).select_from(joined).where(listed).order_by(cases.position)
        for row in self._many(query):
            yield self._record(kind, table, row)

    def _ids(self, table: Table, run: str) -> frozenset[str]:
        with self._engine.connect() as connection:
            return frozenset(connection.execute(select(table.c.case_id).where(table.c.run == run)).scalars())

    def _call(self, key: str) -> Mapping[Any, Any] | None:
        with self._engine.connect() as connection:
            return connection.execute(select(schema.calls).where(schema.calls.c.key == key)).mappings().one_or_none()

    def _many(self, query: Select[Any]) -> Iterator[Mapping[Any, Any]]:
        """Rows, a few at a time: a database would send them all at once."""
        streamed = {"yield_per": FETCHED}
        with self._engine.connect() as connection, connection.execute(query, execution_options=streamed) as found:
            yield from found.mappings()

    def _stop(self, met: ExceptionContext) -> None:
        """What a database answers once it is open is no case's fault: the run stops, and can go on."""
        doing = (met.statement or "").split(" ", 1)[0]
        done = {"": "used", "SELECT": "read"}.get(doing, "written")
        raise StoppedEarlyError(
            f"the ledger {self._address} can't be {done}: {reason_of(met.original_exception)}; "
            "mend that, and the same command goes on from here"
        )


def _trials(run: str, case_id: str, rows: Iterable[dict[str, Any]]) -> Iterator[tuple[Table, dict[str, Any]]]:
    for row in rows:
        yield schema.trials, schema.sealed(schema.trials, {"run": run, "case_id": case_id, **row})
