"""What servers have shown of their models: which refuse images or clips. Learned once for each model and address."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from jury.records import Cause, MediaKind, Request

#: A model at an address.
Place = tuple[str, str | None]


class LearnedSenses:
    """Remembers, for as long as the process works with this transport, which kinds of exhibit a model at an address refuses.

    The first request with a kind of exhibit that nobody has tried there goes alone; those that arrive meanwhile wait for
    its end. So a server that takes none is asked once, not once for every case under way.
    """

    def __init__(self) -> None:
        self._refusals: dict[tuple[Place, MediaKind], Cause] = {}
        self._tried: set[tuple[Place, MediaKind]] = set()
        self._locks: dict[Place, asyncio.Lock] = {}

    def refusal(self, place: Place, kind: MediaKind) -> Cause | None:
        """What the server said when it refused a kind of exhibit; None if it did not."""
        return self._refusals.get((place, kind))

    def learn(self, place: Place, kinds: Collection[MediaKind], cause: Cause) -> None:
        """Note that a model takes no exhibits of some kinds."""
        for kind in kinds:
            self._refusals.setdefault((place, kind), cause)

    @asynccontextmanager
    async def turn(self, place: Place, kinds: Collection[MediaKind]) -> AsyncIterator[None]:
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


def place_of(request: Request) -> Place:
    """The model of a request at its address."""
    return request.model, request.api_base
