"""Values that are costly to make: each made once, however many ask for it, and kept while there is room."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class Once(Generic[V]):
    """A shelf of made values. `weigh` tells how much room one takes; past `room` in all, the longest unused go.

    It belongs to one event loop. A value that could not be made is not kept: the next who asks tries again.
    """

    def __init__(self, weigh: Callable[[V], int], room: int) -> None:
        self._weigh = weigh
        self._room = room
        self._taken = 0
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self._under_way: dict[Hashable, asyncio.Future[V]] = {}

    async def get(self, key: Hashable, make: Callable[[], Awaitable[V]]) -> V:
        """The value under a key; whoever asks while it is being made waits for that one. Raises what `make` raises."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        making = self._under_way.get(key)
        if making is None:
            making = self._under_way[key] = asyncio.ensure_future(make())
            making.add_done_callback(lambda made: self._settle(key, made))
        # Shielded: if one who asked gives up, the others still get it.
        return await asyncio.shield(making)

    def _settle(self, key: Hashable, made: asyncio.Future[V]) -> None:
        del self._under_way[key]
        if made.cancelled() or made.exception() is not None:
            return
        self._kept[key] = made.result()
        self._taken += self._weigh(made.result())
        while self._taken > self._room:
            _, oldest = self._kept.popitem(last=False)
            self._taken -= self._weigh(oldest)
