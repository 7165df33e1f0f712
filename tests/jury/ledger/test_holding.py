"""Many write one database; a run belongs to one of them, and who drops rows is alone."""

import asyncio
import re
import sys

import pytest
from postgres import ask
from sqlalchemy import text

from jury.errors import InputError
from jury.ledger import Ledger
from jury.ledger.address import Address
from jury.ledger.holding import alone
from jury.records import Case, Cause, Completion


@pytest.fixture
def address(database: str) -> Address:
    return Address.of_database(database)


async def test_a_run_that_another_holds_is_refused_by_whoever_it_is_and_free_once_it_is_closed(address):
    first = Ledger.open(address, "one")
    other = Ledger.open(address, "two")
    told = rf"run one in {re.escape(str(address))} is in use by another process \(jury on .*, process \d+\); wait"
    with pytest.raises(InputError, match=told):
        Ledger.open(address, "one")
    await first.close()
    await Ledger.open(address, "one").close()
    await other.close()


async def test_two_writers_have_one_secret_and_find_each_others_calls(address, question):
    one, two = Ledger.open(address, "one"), Ledger.open(address, "two")
    assert one.secret == two.secret
    await one.add_call(question(), Completion(text="first"))
    assert await two.look_up(question().key) == Completion(text="first")
    assert await two.add_call(question(), Completion(text="second")) == Completion(text="first")
    await asyncio.gather(one.close(), two.close())


async def test_a_call_counts_against_the_budget_of_the_run_that_paid_for_it(address, question):
    one, two = Ledger.open(address, "one"), Ledger.open(address, "two")
    await one.add_call(question(1), Completion(text="a"))
    await two.add_call(question(2), Completion(text="b"))
    assert [asked.key for asked, _ in one.calls("one")] == [question(1).key]
    assert [asked.key for asked, _ in one.calls("two")] == [question(2).key]
    assert len(list(one.calls())) == 2
    await asyncio.gather(one.close(), two.close())


async def test_rows_are_dropped_only_while_nobody_else_writes(address, question):
    one, two = Ledger.open(address, "one"), Ledger.open(address, "two")
    await one.add_run("one", "{}", [Case(id="a")])
    for drop in (lambda: one.forget_invalid("one"), lambda: one.forget_invalid_answers("one")):
        with pytest.raises(InputError, match="rows are dropped only while nobody else writes there"):
            drop()
    with pytest.raises(InputError, match="in use by another process"), alone(address):
        pass
    await two.close()
    assert one.forget_invalid("one") == 0
    await one.add_call(question(), Completion(error=Cause(kind="error")))
    await one.close()


async def test_nobody_begins_to_write_while_rows_are_dropped(address):
    with alone(address) as connection:
        connection.execute(text("SELECT 1"))
        with pytest.raises(InputError, match=r"is being mended or pruned \(jury on .*\); wait until that is done"):
            Ledger.open(address)
    await Ledger.open(address).close()


async def test_of_many_who_open_a_new_database_one_makes_it(address):
    ledgers = await asyncio.gather(*(asyncio.to_thread(Ledger.open, address, f"run {n}") for n in range(8)))
    assert len({ledger.secret for ledger in ledgers}) == 1
    await asyncio.gather(*(ledger.close() for ledger in ledgers))


def test_a_database_that_can_not_be_reached_is_named_with_the_way_out(postgres):
    nowhere = Address.of_database("postgresql://jury@127.0.0.1:1/none")
    with pytest.raises(InputError, match=r"can't be opened as a ledger: .*; see that the server runs") as caught:
        Ledger.open(nowhere)
    assert "\n" not in str(caught.value)


def test_a_database_that_holds_no_unicode_is_refused(postgres):
    ask(postgres.address, "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(InputError, match="holds LATIN1, not UTF8"):
        Ledger.open(Address.of_database(f"postgresql://jury@127.0.0.1:{postgres.port}/latin"))


def test_without_the_driver_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError, match=r"multimodal-jury\[postgres\]"):
        Ledger.open(Address.of_database("postgresql://ada@db/trials"))
