"""Many pieces of work under way at once over one bounded queue; none waits for another."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


async def each(items: Iterable[T], work: Callable[[T], Awaitable[None]], in_flight: int) -> None:
    """Do the work for every item, at most `in_flight` at once. The first error stops all and is raised as it is."""
    waiting: asyncio.Queue[tuple[T] | None] = asyncio.Queue(maxsize=in_flight)

    async def feed() -> None:
        for item in items:
            await waiting.put((item,))
        for _ in range(in_flight):
            await waiting.put(None)

    async def drain() -> None:
        while (taken := await waiting.get()) is not None:
            await work(taken[0])

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(feed())
            for _ in range(in_flight):
                group.create_task(drain())
    except BaseExceptionGroup as stopped:
        raise stopped.exceptions[0] from None
