"""Twenty processes write 100,000 rows to one database at once: none is lost, none is there twice."""

import asyncio
import multiprocessing

import pytest
from postgres import Postgres, ask

from jury.ledger import Ledger
from jury.ledger.address import Address
from jury.records import Ballot, Case, Completion, Message, Outcome, Request, Round, TextPart, Verdict
from jury.trials import trial_rows

WRITERS, CASES = 20, 1250

#: Of the calls of every writer, those that all writers make.
SHARED = 500

#: The calls that all of them make: each writer's own, and once those they share.
CALLS = WRITERS * (CASES - SHARED) + SHARED

#: How many rows each table has in the end.
ROWS = {
    "runs": WRITERS,
    **dict.fromkeys(("cases", "verdicts", "trials"), WRITERS * CASES),
    "calls": CALLS,
    "payers": CALLS,
}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def write(database: str, writer: int, begin: "multiprocessing.synchronize.Barrier") -> None:
    """One process: a run of its own, whose cases it judges all at once."""
    asyncio.run(judged(database, f"run{writer}", begin))


async def judged(database: str, run: str, begin: "multiprocessing.synchronize.Barrier") -> None:
    ledger = Ledger.open(Address.of_database(database), run)
    cases = [Case(id=f"c{number}") for number in range(CASES)]
    begin.wait()
    await ledger.add_run(run, "{}", cases)

    async def judge(number: int) -> None:
        request = question("all" if number < SHARED else run, number)
        kept = await ledger.add_call(request, Completion(text=run))
        if number >= SHARED:
            assert kept.text == run
        verdict = found(cases[number].id, request.key)
        await ledger.add_verdict(run, verdict, trial_rows(verdict))

    await asyncio.gather(*(judge(number) for number in range(CASES)))
    await ledger.close()


def question(whose: str, number: int) -> Request:
    words = TextPart(text=f"Question {number} of {whose}?")
    return Request(model="test/any", messages=(Message(role="user", parts=(words,)),))


def found(case: str, call: str) -> Verdict:
    ballot = Ballot(seat="s", juror="s", state="cast", choice="safe", calls=(call,))
    held = Round(kind="assessment", index=0, ballots=(ballot,))
    return Verdict(case_id=case, case_hash="0", jury_hash="0", outcome=Outcome(state="hung"), rounds=(held,))


@pytest.fixture(scope="module")
def written(postgres: Postgres) -> str:
    """A database that all have written."""
    database = postgres.database()
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["jury.ledger", "jury.trials"])
    begin = processes.Barrier(WRITERS)
    writers = [processes.Process(target=write, args=(database, number, begin)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    return database


def test_no_row_of_twenty_writers_is_lost_and_none_is_there_twice(written):
    assert sum(ROWS.values()) > 100_000
    assert {table: ask(written, f"SELECT count(*) FROM {table}")[0][0] for table in ROWS} == ROWS
    assert ask(written, "SELECT count(DISTINCT key), count(DISTINCT rowid) FROM calls") == [(CALLS, CALLS)]
    assert ask(written, "SELECT count(*) FROM trials LEFT JOIN calls ON call = key WHERE key IS NULL") == [(0,)]


def test_every_call_that_all_made_is_kept_as_one_writer_made_it_and_stands_under_its_name(written):
    query = "SELECT count(*) FROM calls JOIN payers ON call = key WHERE (completion::json ->> 'text') <> run"
    assert ask(written, query) == [(0,)]
