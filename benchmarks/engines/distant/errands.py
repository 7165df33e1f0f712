"""Calls that go to and fro between driver and worker: what a worker has already is not sent to it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from jury.records import Completion, Request


@dataclass(frozen=True)
class Order:
    """A call to be made: its number in the book of the worker that asked, and its words, None where that has them.

    `origin` and `item` are those of the request as it is kept.
    """

    number: int
    request: Request | None
    origin: str
    item: str

    def short(self) -> "Order":
        """The same for the worker whose number it is."""
        return replace(self, request=None)


@dataclass(eq=False)
class Entry:
    """A request that a worker has asked the driver for, and what it found itself, once it was told to make the call."""

    number: int
    request: Request
    found: Completion | None = None

    def kept(self, sent: Completion | None) -> Completion:
        """What the driver keeps: what it sent, or what was found here, where it sent nothing."""
        completion = sent or self.found
        if completion is None:
            raise RuntimeError("the driver kept an answer that was not sent to it")
        return completion


class Book:
    """A worker's requests under way, by number."""

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}
        self._last = 0

    @contextmanager
    def entered(self, request: Request) -> Iterator[Entry]:
        """A request, as long as somebody waits for it."""
        self._last += 1
        entry = self._entries[self._last] = Entry(self._last, request)
        try:
            yield entry
        finally:
            del self._entries[entry.number]

    def entry(self, order: Order) -> Entry | None:
        """Where an order was noted; None if it comes in full, or if whoever asked has gone home."""
        return None if order.request is not None else self._entries.get(order.number)
