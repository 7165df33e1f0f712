"""Dropping what rests on something that failed, so that it is made again; what was paid for and answered stays."""

from collections.abc import Iterable

from sqlalchemy import Connection, Table, delete, select
from sqlalchemy.sql import ColumnElement

from jury.ledger import schema
from jury.records import Answered, Verdict
from jury.trials import TARGET

#: A run and one of its cases.
Judged = tuple[str, str]


def rests_on_something_invalid(verdict: Verdict) -> bool:
    """Whether any ballot, statement or answer behind a verdict is invalid. A block is an answer: asked again, it comes again."""
    causes = [said.cause for held in verdict.rounds for said in held.ballots]
    causes += [said.cause for held in verdict.rounds for said in held.statements]
    failed = verdict.outcome.state == "invalid" and verdict.outcome.blocked is None
    return failed or any(cause is not None for cause in causes)


def forget(connection: Connection, cases: Iterable[Judged], failed: Iterable[str], *, answers: bool) -> None:
    """Drop what was made of some runs' cases, the calls that failed, by key, and all that rests on those.

    Without `answers` those of the target stay as they are.
    """
    trials, calls = schema.trials, schema.calls
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


def forget_run(connection: Connection, run: str) -> None:
    """Drop a run with its cases and all that was made of them. Its calls stay, and whoever asks the same next finds them."""
    for table in (schema.trials, schema.answers, schema.verdicts, schema.cases, schema.runs, schema.payers):
        connection.execute(delete(table).where(table.c.run == run))


def is_row(table: Table, run: str, case_id: str) -> ColumnElement[bool]:
    """The condition that a row is of a case of a run."""
    return (table.c.run == run) & (table.c.case_id == case_id)


def _drop_verdict(connection: Connection, run: str, case_id: str) -> None:
    """Drop a case's verdict with its jury's trials; those of the target belong to its answers."""
    trials = schema.trials
    connection.execute(delete(trials).where(is_row(trials, run, case_id) & (trials.c.phase != TARGET)))
    connection.execute(delete(schema.verdicts).where(is_row(schema.verdicts, run, case_id)))


def _drop_invalid_answer(connection: Connection, run: str, case_id: str) -> None:
    kept = schema.answers
    record = connection.execute(select(kept.c.record).where(is_row(kept, run, case_id))).scalar()
    if record is not None and not Answered.from_json(record).valid:
        connection.execute(delete(kept).where(is_row(kept, run, case_id)))
