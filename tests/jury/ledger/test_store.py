"""The ledger keeps every row whole, gives it back as it was, and refuses what is no ledger."""

import asyncio
import re
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from jury.errors import InputError, StoppedEarlyError
from jury.ledger import Ledger, schema
from jury.records import (
    Answer,
    Answered,
    Asked,
    Ballot,
    Case,
    Cause,
    Completion,
    Outcome,
    Round,
    TemplateRef,
    Usage,
    Verdict,
)
from jury.trials import trial_rows


def answer(number: int = 0) -> Completion:
    return Completion(text=f"Answer {number}.", input_tokens=10, output_tokens=5, cost=0.25, seconds=1.5)


async def test_a_call_comes_back_as_it_was_kept(ledger, question):
    kept = Completion(text="Ja \u2028 \x1b \U0001f600", thinking="hm", finish_reason="stop", cost=None, tries=3)
    assert ledger.find(question().key) is None
    await ledger.add_call(question(), kept)
    assert ledger.find(question().key) == ledger.call(question().key) == kept


async def test_a_failed_call_is_kept_like_any_other(ledger, question):
    failed = Completion(error=Cause(kind="timeout", detail="no answer in 120 s"), tries=5)
    await ledger.add_call(question(), failed)
    assert ledger.find(question().key) == failed


async def test_a_call_that_was_never_made_is_not_there(ledger, question):
    with pytest.raises(KeyError):
        ledger.call(question().key)


async def test_what_was_kept_is_there_for_who_opens_the_ledger_again(address, ledger, question):
    await ledger.add_call(question(), answer())
    again = Ledger.open(address)
    assert again.find(question().key) == answer()
    assert again.secret == ledger.secret
    await again.close()


async def test_every_ledger_has_a_secret_of_its_own(ledger, tmp_path):
    other = Ledger.open(tmp_path / "other.sqlite")
    assert len(ledger.secret) == 32
    assert other.secret != ledger.secret
    await other.close()


async def test_the_first_answer_to_a_question_stays(ledger, question):
    await asyncio.gather(*(ledger.add_call(question(), answer(number)) for number in range(5)))
    assert await ledger.add_call(question(), answer(9)) == answer(0)
    assert ledger.find(question().key) == answer(0)


async def test_a_call_is_on_disk_when_keeping_it_returns_however_many_are_kept_at_once(ledger, question, on_disk):
    async def keep(number: int) -> None:
        request = question(number)
        await ledger.add_call(request, answer(number))
        assert on_disk(f"SELECT 1 FROM calls WHERE key = '{request.key}'") == [(1,)]

    await asyncio.gather(*(keep(number) for number in range(200)))
    assert on_disk("SELECT count(*) FROM calls") == [(200,)]


async def test_calls_that_come_together_are_committed_together(ledger, question):
    commits: list[object] = []
    count = commits.append
    event.listen(Engine, "commit", count)
    try:
        await asyncio.gather(*(ledger.add_call(question(number), answer()) for number in range(500)))
    finally:
        event.remove(Engine, "commit", count)
    assert 1 <= len(commits) < 50


async def test_closing_waits_for_what_was_handed_over(address, question, on_disk):
    ledger = Ledger.open(address)
    waiting = [asyncio.create_task(ledger.add_call(question(number), answer())) for number in range(50)]
    await asyncio.sleep(0)
    await ledger.close()
    assert on_disk("SELECT count(*) FROM calls") == [(50,)]
    await asyncio.gather(*waiting)


async def test_an_asker_who_is_gone_loses_no_row(ledger, question, on_disk):
    asker = asyncio.create_task(ledger.add_call(question(), answer()))
    await asyncio.sleep(0)
    asker.cancel()
    await ledger.add_call(question(1), answer(1))
    assert on_disk("SELECT count(*) FROM calls") == [(2,)]


async def test_a_ledger_that_can_not_be_written_stops_the_run_and_says_so(address, ledger, question, on_disk):
    on_disk("DROP TABLE calls")
    with pytest.raises(StoppedEarlyError, match=rf"{re.escape(str(address))} can't be written: .*calls"):
        await ledger.add_call(question(), answer())


def test_a_file_that_is_no_database_is_named(path):
    path.write_bytes(b"PNG or whatever this may be. " * 100)
    with pytest.raises(InputError, match=r"ledger\.sqlite can't be opened as a ledger: file is not a database"):
        Ledger.open(path)


def test_a_database_of_somebody_elses_is_named(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE calls (number TEXT)")
    connection.close()
    with pytest.raises(InputError, match=r"ledger\.sqlite can't be opened as a ledger: no such column"):
        Ledger.open(path)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"none/ledger\.sqlite can't be opened as a ledger: "):
        Ledger.open(tmp_path / "none" / "ledger.sqlite")


@pytest.mark.parametrize(
    ("version", "said"),
    [(str(schema.SCHEMA_VERSION + 1), "was written by a newer release .*upgrade"), ("two", "its schema is 'two'")],
)
async def test_a_schema_this_release_does_not_know_is_refused(address, on_disk, version, said):
    await Ledger.open(address).close()
    on_disk(f"UPDATE meta SET value = '{version}' WHERE name = 'schema'")
    with pytest.raises(InputError, match=said):
        Ledger.open(address)


def verdict(case: str, *ballots: Ballot, state: str = "hung") -> Verdict:
    held = (Round(kind="assessment", index=0, ballots=ballots),) if ballots else ()
    outcome = Outcome(state=state, cause=Cause(kind="error") if state == "invalid" else None)
    return Verdict(case_id=case, case_hash="0", jury_hash="0", outcome=outcome, rounds=held)


def ballot(seat: str, *calls: str, invalid: bool = False) -> Ballot:
    said = {"state": "invalid", "cause": Cause(kind="error")} if invalid else {"state": "cast", "choice": "safe"}
    return Ballot.model_validate({"seat": seat, "juror": seat, "calls": calls, **said})


async def keep(ledger: Ledger, *verdicts: Verdict, run: str = "r") -> None:
    for one in verdicts:
        await ledger.add_verdict(run, one, trial_rows(one))


async def test_verdicts_and_cases_come_in_the_order_of_the_source(ledger):
    cases = [Case(id=name) for name in ("b", "a", "c")]
    await ledger.add_run("r", "{}", cases)
    await keep(ledger, verdict("c"), verdict("a"), verdict("b"))
    assert [one.case_id for one in ledger.verdicts("r")] == ["b", "a", "c"]
    assert list(ledger.cases("r")) == cases
    assert ledger.case("r", "a") == cases[1]


async def test_runs_in_one_ledger_do_not_mix(ledger):
    for run in ("r", "s"):
        await ledger.add_run(run, "{}", [Case(id="a")])
    await keep(ledger, verdict("a"), run="s")
    assert ledger.finished("r") == frozenset()
    assert ledger.finished("s") == {"a"}
    with pytest.raises(KeyError):
        ledger.case("t", "a")


async def test_a_case_stays_as_it_was_first_loaded(ledger):
    await ledger.add_run("r", "{}", [Case(id="a")])
    await ledger.add_run("r", "{}", [Case(id="a", scenario="changed"), Case(id="b")])
    assert ledger.case("r", "a") == Case(id="a")
    assert dict(ledger.case_records("r")) == {name: Case(id=name).to_json().decode() for name in "ab"}


async def test_a_finished_verdict_stays(ledger):
    await ledger.add_run("r", "{}", [Case(id="a")])
    await keep(ledger, verdict("a"), verdict("a", state="no_quorum"))
    assert [one.outcome.state for one in ledger.verdicts("r")] == ["hung"]


async def test_a_call_that_two_cases_share_is_paid_for_once(ledger, question):
    first, second = question(1), question(2)
    for request in (first, second):
        await ledger.add_call(request, answer())
    await ledger.add_run("r", "{}", [Case(id="a"), Case(id="b")])
    await keep(
        ledger, verdict("a", ballot("x", first.key)), verdict("b", ballot("x", first.key), ballot("y", second.key))
    )
    assert ledger.usage("r") == Usage(calls=2, input_tokens=20, output_tokens=10, cost=0.5, seconds=3.0)


async def test_what_rests_on_something_invalid_is_forgotten_with_its_failed_calls_only(ledger, question):
    good, failed, fine = question(1), question(2), question(3)
    for request in (good, fine):
        await ledger.add_call(request, answer())
    await ledger.add_call(failed, Completion(error=Cause(kind="error")))
    await ledger.add_run("r", "{}", [Case(id=name) for name in "abc"])
    await keep(
        ledger,
        verdict("a", ballot("x", good.key), ballot("y", failed.key, invalid=True)),
        verdict("b", ballot("x", fine.key)),
        verdict("c", state="invalid"),
    )
    assert ledger.forget_invalid("r") == 2
    assert ledger.finished("r") == {"b"}
    assert [ledger.find(request.key) is None for request in (good, failed, fine)] == [False, True, False]


def answered(case: str, call: str, cause: Cause | None = None) -> Answered:
    wrapper = TemplateRef(name="target/plain", language="en", version=1, sha256="0")
    said = Answer(text="Yes.", call=call) if cause is None else Answer(state="invalid", cause=cause, call=call)
    asked = Asked(wrapper=wrapper, temperature=0.0, max_tokens=9)
    return Answered(case_id=case, case_hash="h", target="test/target", asked=asked, answers=(said,))


async def test_answers_come_back_in_the_order_of_the_source_and_lead_to_their_calls(ledger, on_disk):
    await ledger.add_run("r", "{}", [Case(id=name) for name in "ab"])
    given = [answered("a", "k1"), answered("b", "k2", Cause(kind="error"))]
    for one in reversed(given):
        await ledger.add_answers("r", one)
    assert list(ledger.answers("r")) == given
    assert (ledger.answer("r", "b"), ledger.answer("r", "c"), ledger.answer("s", "a")) == (given[1], None, None)
    assert ledger.answered("r") == {"a", "b"}
    assert on_disk("SELECT phase, call FROM trials ORDER BY case_id") == [("target", "k1"), ("target", "k2")]


async def test_a_case_keeps_the_answers_it_was_given_first(ledger):
    await ledger.add_run("r", "{}", [Case(id="a")])
    await ledger.add_answers("r", answered("a", "k1"))
    await ledger.add_answers("r", answered("a", "k2"))
    assert ledger.answer("r", "a") == answered("a", "k1")


async def test_failed_answers_are_forgotten_with_their_calls_and_what_another_run_made_of_them(ledger, question):
    failed, fine = question(1), question(2)
    await ledger.add_call(failed, Completion(error=Cause(kind="error")))
    await ledger.add_call(fine, answer())
    for run in ("r", "jury"):
        await ledger.add_run(run, "{}", [Case(id=name) for name in "ab"])
    await ledger.add_answers("r", answered("a", failed.key, Cause(kind="error")))
    await ledger.add_answers("r", answered("b", fine.key))
    judged = [verdict("a", state="invalid").but(answers=(failed.key,)), verdict("b", ballot("x", fine.key))]
    for one in judged:
        await ledger.add_verdict("jury", one, trial_rows(one))
    assert ledger.forget_invalid("jury", answers=False) == 1
    assert ledger.answered("r") == {"a", "b"}
    await ledger.add_verdict("jury", judged[0], trial_rows(judged[0]))
    assert ledger.forget_invalid_answers("r") == 1
    assert (ledger.answered("r"), ledger.finished("jury")) == ({"b"}, {"b"})
    assert (ledger.find(failed.key), ledger.find(fine.key)) == (None, answer())


rows = st.dictionaries(
    st.sampled_from(["run", "case_id", "position", "record"]), st.text() | st.integers(0, 9), min_size=1
)


@given(rows, st.text())
def test_a_seal_breaks_if_any_column_changes(row, other):
    sealed = schema.sealed(schema.cases, row)
    assert schema.digest_of("cases", sealed) == sealed["digest"]
    for name in row:
        if row[name] != other:
            assert schema.digest_of("cases", {**row, name: other}) != sealed["digest"]
    assert schema.digest_of("verdicts", row) != sealed["digest"]
