"""The workers of a run as their driver sees them: who is there, who has least to do, who is gone and comes instead."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import structlog

from benchmarks.engines.distant.line import Answering, Line
from benchmarks.engines.whereabouts import Place
from jury.errors import StoppedEarlyError

log = structlog.get_logger()

#: How long a worker may take to send its spans at the end, in seconds.
FAREWELL = 5.0


class Actor(Protocol):
    """A worker in another process. Its methods raise `LostError` once it is gone."""

    async def open(self) -> tuple[str, int]:
        """Make ready; gives the machine's name and the process's id."""
        ...

    async def deliver(self, batch: bytes) -> None:
        """Hand over letters."""
        ...

    async def collect(self) -> bytes:
        """Letters from there, once there are some."""
        ...

    async def close(self) -> None:
        """Let it send what spans it has."""
        ...

    def dismiss(self) -> None:
        """End the process."""
        ...


@dataclass(eq=False)
class Member:
    """A worker at work: the line to it, where it is, and how many cases it has."""

    actor: Actor
    line: Line
    place: Place
    cases: int = 0


class Crew:
    """So many workers, as long as it is open; one that dies is replaced."""

    def __init__(
        self,
        engine: str,
        hire: Callable[[], Actor],
        answering: Callable[[Callable[[], Member]], Mapping[str, Answering]],
    ) -> None:
        self._engine = engine
        self._hire = hire
        self._answering = answering
        self._living: list[Member] = []
        self._changed = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._hired = 0
        self._broken: Exception | None = None

    async def open(self, size: int) -> None:
        """Hire so many. Raises `StoppedEarlyError` if a worker does not even begin."""
        for _ in range(size):
            self._start(self._hire_one())
        while len(self._living) < size and self._broken is None:
            await self._change()
        self._check()

    async def close(self) -> None:
        """Dismiss everybody, once their spans are sent."""
        for task in list(self._tasks):
            task.cancel()
        farewells = [asyncio.wait_for(member.actor.close(), FAREWELL) for member in self._living]
        await asyncio.gather(*farewells, return_exceptions=True)
        for member in self._living:
            member.actor.dismiss()
        self._living.clear()

    async def member(self, wanted: Member | None = None) -> Member:
        """The wanted worker if it is alive, else the one with the fewest cases, once there is one."""
        if wanted is not None and wanted in self._living:
            return wanted
        while not self._living:
            self._check()
            await self._change()
        return min(self._living, key=lambda member: member.cases)

    def _check(self) -> None:
        if self._broken is not None:
            words = str(self._broken).splitlines() or [type(self._broken).__name__]
            raise StoppedEarlyError(f"no worker can be started: {words[-1]}")

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()

    def _start(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _hire_one(self) -> None:
        self._hired += 1
        name = str(self._hired)
        found: list[Member] = []
        try:
            actor = self._hire()
            node, pid = await actor.open()
        except Exception as error:
            self._broken = error
        else:
            line = Line(self._answering(lambda: found[0]))
            member = Member(actor, line, Place(self._engine, name, node, pid))
            found.append(member)
            self._living.append(member)
            self._start(self._pump(member))
        self._changed.set()

    async def _pump(self, member: Member) -> None:
        """Carry letters both ways until the worker is gone."""

        async def there() -> None:
            while True:
                await member.actor.deliver(await member.line.outgoing())

        async def back() -> None:
            while True:
                member.line.incoming(await member.actor.collect())

        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(there())
                group.create_task(back())
        except* Exception:
            log.warning("worker lost", worker=member.place.worker, node=member.place.node, pid=member.place.pid)
            self._living.remove(member)
            member.line.cut()
            self._start(self._hire_one())
