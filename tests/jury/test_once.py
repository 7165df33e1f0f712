"""Costly values: made once for all who ask, kept while there is room."""

import asyncio

import pytest

from jury.once import Once


class Maker:
    """Makes what it is told, and counts."""

    def __init__(self, value: str = "value") -> None:
        self.value = value
        self.made = 0

    async def __call__(self) -> str:
        self.made += 1
        await asyncio.sleep(0)
        return self.value


async def test_many_who_ask_at_once_get_the_one_value():
    once, make = Once(len, room=100), Maker()
    assert await asyncio.gather(*(once.get("key", make) for _ in range(200))) == ["value"] * 200
    assert make.made == 1


async def test_what_was_made_is_kept_for_the_next():
    once, make = Once(len, room=100), Maker()
    await once.get("key", make)
    await once.get("key", make)
    assert make.made == 1


async def test_the_longest_unused_go_when_room_runs_out():
    once, makers = Once(len, room=10), {key: Maker("12345") for key in "abc"}
    for key in ("a", "b", "a", "c", "a", "b"):
        await once.get(key, makers[key])
    assert {key: make.made for key, make in makers.items()} == {"a": 1, "b": 2, "c": 1}


async def test_a_value_larger_than_all_room_is_given_but_not_kept():
    once, make = Once(len, room=4), Maker("12345")
    assert await once.get("key", make) == "12345"
    assert await once.get("key", make) == "12345"
    assert make.made == 2


async def test_a_failure_reaches_all_who_wait_and_is_not_kept():
    once, failing = Once(len, room=100), True

    async def make() -> str:
        await asyncio.sleep(0)
        if failing:
            raise ValueError("no such file")
        return "value"

    found = await asyncio.gather(once.get("key", make), once.get("key", make), return_exceptions=True)
    assert [str(error) for error in found] == ["no such file"] * 2
    failing = False
    assert await once.get("key", make) == "value"


async def test_one_who_gives_up_takes_nothing_from_the_others():
    once, started, go_on = Once(len, room=100), asyncio.Event(), asyncio.Event()

    async def make() -> str:
        started.set()
        await go_on.wait()
        return "value"

    first = asyncio.create_task(once.get("key", make))
    second = asyncio.create_task(once.get("key", make))
    await started.wait()
    first.cancel()
    go_on.set()
    assert await second == "value"
    with pytest.raises(asyncio.CancelledError):
        await first
