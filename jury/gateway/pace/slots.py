"""Slots for calls to one model: as many as the limit of the moment, handed out in turn to everyone who waits."""

import asyncio
from collections import OrderedDict, deque


class Slots:
    """A limiter that can be resized. Lanes take turns, and within a lane the first to come is the first to go.

    So a case that has many calls waiting holds up no other case.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._taken = 0
        self._lanes: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def taken(self) -> int:
        """How many slots are in use; more than the limit for a while after it shrank."""
        return self._taken

    async def take(self, lane: str = "") -> None:
        """Wait for a slot; whoever takes one gives it back."""
        if self._taken < self._limit and not self._lanes:
            self._taken += 1
            return
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lanes.setdefault(lane, deque()).append(granted)
        try:
            await granted
        except asyncio.CancelledError:
            if granted.done() and not granted.cancelled():
                self.give_back()
            else:
                self._leave(lane, granted)
            raise

    def give_back(self) -> None:
        """Free a slot for the next lane's next call."""
        self._taken -= 1
        self._hand_out()

    def resize(self, limit: int) -> None:
        """Another limit from now on; calls under way finish."""
        self._limit = limit
        self._hand_out()

    def _hand_out(self) -> None:
        while self._taken < self._limit and self._lanes:
            granted = self._next()
            if not granted.done():
                self._taken += 1
                granted.set_result(None)

    def _next(self) -> "asyncio.Future[None]":
        """The first call of the lane whose turn it is; the lane goes to the end of the line."""
        lane, waiting = self._lanes.popitem(last=False)
        granted = waiting.popleft()
        if waiting:
            self._lanes[lane] = waiting
        return granted

    def _leave(self, lane: str, granted: "asyncio.Future[None]") -> None:
        waiting = self._lanes.get(lane)
        if waiting is not None and granted in waiting:
            waiting.remove(granted)
            if not waiting:
                del self._lanes[lane]
