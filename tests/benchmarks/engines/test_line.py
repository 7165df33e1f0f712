"""Two processes ask each other over one line; here both ends are in one."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from benchmarks.engines.distant.line import Line, LostError
from jury.errors import InputError


async def twice(number: int) -> int:
    return 2 * number


async def fails(error: Exception) -> None:
    raise error


async def over(asking: Callable[[Line], Awaitable[Any]]) -> Any:
    """What comes of asking at one end while letters are carried both ways."""
    here, there = Line({}), Line({"twice": twice, "fails": fails})

    async def carry(one: Line, other: Line) -> None:
        while True:
            other.incoming(await one.outgoing())

    carriers = [asyncio.create_task(carry(here, there)), asyncio.create_task(carry(there, here))]
    try:
        return await asking(here)
    finally:
        for carrier in carriers:
            carrier.cancel()


async def test_many_questions_at_once_get_their_own_answers() -> None:
    async def asking(line: Line) -> list[int]:
        return await asyncio.gather(*(line.ask("twice", number) for number in range(100)))

    assert await over(asking) == [2 * number for number in range(100)]


async def test_an_error_of_the_users_arrives_as_it_is_and_any_other_with_its_words() -> None:
    with pytest.raises(InputError, match="mend me"):
        await over(lambda line: line.ask("fails", InputError("mend me")))
    with pytest.raises(RuntimeError, match="ValueError: odd"):
        await over(lambda line: line.ask("fails", ValueError("odd")))


async def test_who_waits_for_a_worker_that_is_gone_is_told_and_so_is_who_asks_later() -> None:
    line = Line({})
    waiting = asyncio.create_task(line.ask("twice", 1))
    await asyncio.sleep(0)
    line.cut()
    with pytest.raises(LostError):
        await waiting
    with pytest.raises(LostError):
        await line.ask("twice", 2)
