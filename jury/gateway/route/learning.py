"""What servers have shown of their models: which refuse images or clips. Learned once for each model and address."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from jury.records import Cause, Endpoint, MediaKind


class LearnedSenses:
    """Remembers, for as long as the process works with this transport, which kinds of exhibit a model at an address refuses.

    The first request with a kind of exhibit that nobody has tried there goes alone; those that arrive meanwhile wait for
    its end. So a server that takes none is asked once, not once for every case under way.
    """

    def __init__(self) -> None:
        self._refusals: dict[tuple[Endpoint, MediaKind], Cause] = {}
        self._tried: set[tuple[Endpoint, MediaKind]] = set()
        self._locks: dict[Endpoint, asyncio.Lock] = {}

    def refusal(self, place: Endpoint, kind: MediaKind) -> Cause | None:
        """What the server said when it refused a kind of exhibit; None if it did not."""
        return self._refusals.get((place, kind))

    def learn(self, place: Endpoint, kinds: Collection[MediaKind], cause: Cause) -> None:
        """Note that a model takes no exhibits of some kinds."""
        for kind in kinds:
            self._refusals.setdefault((place, kind), cause)

    @asynccontextmanager
    async def turn(self, place: Endpoint, kinds: Collection[MediaKind]) -> AsyncIterator[None]:
        """A turn to ask a model with exhibits of some kinds: alone, if one of them was never tried there."""
        untried = {(place, kind) for kind in kinds} - self._tried
        if not untried:
            yield
            return
        async with self._locks.setdefault(place, asyncio.Lock()):
            if not untried <= self._tried:
                try:
                    yield
                finally:
                    self._tried |= untried
                return
        yield
