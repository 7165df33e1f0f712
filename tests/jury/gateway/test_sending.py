"""Nothing is sent once a gateway, its run or its ledger can't go on; what was sent is kept."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from jury.errors import StoppedEarlyError
from jury.gateway.attempts import Patience
from jury.gateway.call import Gateway
from jury.ledger import Ledger
from jury.records import Completion, Message, Request, TextPart


class Held:
    """A model that answers when it may; `sent` is what reached it."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.may_answer = asyncio.Event()

    async def attempt(self, request: Request, timeout: float) -> Completion:
        self.sent.append(request.words)
        await self.may_answer.wait()
        return Completion(text="yes")


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Ledger]:
    opened = Ledger.open(tmp_path / "ledger.sqlite")
    yield opened
    await opened.close()


def question(number: int) -> Request:
    return Request(model="x/y", messages=(Message(role="user", parts=(TextPart(text=f"q{number}"),)),))


async def asked(
    gateway: Gateway, model: Held, number: int, sent: int
) -> "list[asyncio.Task[tuple[Request, Completion]]]":
    tasks = [asyncio.create_task(gateway.complete(question(one))) for one in range(number)]
    while len(model.sent) < sent:
        await asyncio.sleep(0)
    return tasks


TWO = Patience(per_model=2, adaptive=False)


async def test_closing_sends_nothing_that_waits_for_a_slot_and_keeps_what_was_sent(ledger):
    model = Held()
    gateway = Gateway(model, ledger, TWO)
    tasks = await asked(gateway, model, 10, sent=2)
    closing = asyncio.create_task(gateway.close())
    await asyncio.sleep(0)
    model.may_answer.set()
    await closing
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert len(model.sent) == 2
    assert sum(not isinstance(one, BaseException) for one in ended) == 2
    assert len(list(ledger.calls())) == 2


async def test_a_gateway_that_is_closed_sends_nothing(ledger):
    model = Held()
    gateway = Gateway(model, ledger)
    await gateway.close()
    with pytest.raises(StoppedEarlyError):
        await gateway.complete(question(1))
    assert model.sent == []


async def test_closing_one_gateway_leaves_the_next_of_the_same_run_open(ledger):
    model = Held()
    model.may_answer.set()
    await Gateway(model, ledger).close()
    assert (await Gateway(model, ledger).complete(question(1)))[1].text == "yes"


async def test_once_a_row_could_not_be_written_nothing_more_is_sent(ledger):
    model = Held()
    gateway = Gateway(model, ledger, TWO)
    tasks = await asked(gateway, model, 10, sent=2)
    ledger._held.execute(text("PRAGMA query_only = 1"))
    ledger._held.rollback()
    model.may_answer.set()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(one, StoppedEarlyError) for one in ended)
    assert len(model.sent) == 2
