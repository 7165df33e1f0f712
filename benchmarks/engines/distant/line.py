"""A line between two processes: either side asks the other, and letters travel in batches."""

import asyncio
import pickle
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jury.errors import JuryError
from jury.secrets import sentence_of

#: How long a letter waits for company, in seconds: each batch costs both sides a third of a millisecond.
PAUSE = 0.005

#: Answers one kind of question.
Answering = Callable[..., Awaitable[Any]]


class LostError(Exception):
    """The other side is gone, and what it was asked will not be answered by it."""


@dataclass(frozen=True)
class _Asked:
    number: int
    what: str
    said: tuple[Any, ...]


@dataclass(frozen=True)
class _Answered:
    number: int
    found: Any = None
    failure: Exception | None = None


class Line:
    """One end of a line. `outgoing` and `incoming` are carried by whatever connects the processes."""

    def __init__(self, answering: Mapping[str, Answering]) -> None:
        self._answering = answering
        self._letters: list[_Asked | _Answered] = []
        self._some = asyncio.Event()
        self._open: dict[int, asyncio.Future[Any]] = {}
        self._busy: set[asyncio.Task[None]] = set()
        self._asked = 0
        self._lost = False

    async def ask(self, what: str, *said: Any) -> Any:
        """What the other side answers. Raises what it raised there, and `LostError` once it is gone."""
        if self._lost:
            raise LostError(what)
        self._asked += 1
        number = self._asked
        answer = self._open[number] = asyncio.get_running_loop().create_future()
        self._post(_Asked(number, what, said))
        try:
            return await answer
        finally:
            self._open.pop(number, None)

    async def outgoing(self) -> bytes:
        """The next batch of letters, once there are some."""
        await self._some.wait()
        await asyncio.sleep(PAUSE)
        letters, self._letters = self._letters, []
        self._some.clear()
        return pickle.dumps(letters, protocol=5)

    def incoming(self, batch: bytes) -> None:
        """Take a batch of letters from the other side, which is one of our own processes."""
        for letter in pickle.loads(batch):  # noqa: S301
            if isinstance(letter, _Asked):
                task = asyncio.create_task(self._answer(letter))
                self._busy.add(task)
                task.add_done_callback(self._busy.discard)
            else:
                self._settle(letter)

    def cut(self) -> None:
        """The other side is gone: whoever waits for it is told."""
        self._lost = True
        for answer in list(self._open.values()):
            if not answer.done():
                answer.set_exception(LostError("the worker is gone"))

    def _post(self, letter: _Asked | _Answered) -> None:
        self._letters.append(letter)
        self._some.set()

    def _settle(self, letter: _Answered) -> None:
        answer = self._open.get(letter.number)
        if answer is None or answer.done():
            return  # whoever asked has gone home
        if letter.failure is None:
            answer.set_result(letter.found)
        else:
            answer.set_exception(letter.failure)

    async def _answer(self, letter: _Asked) -> None:
        try:
            found = await self._answering[letter.what](*letter.said)
        except JuryError as error:
            self._post(_Answered(letter.number, failure=error))
        except Exception as error:
            words = sentence_of(f"{type(error).__name__}: {error}", 2000)
            self._post(_Answered(letter.number, failure=RuntimeError(words)))
        else:
            self._post(_Answered(letter.number, found))
