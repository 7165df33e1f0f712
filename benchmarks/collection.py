"""Garbage collection during a run: records make no cycles, and looking for some costs a third of a run's CPU."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: Objects made before the youngest are looked at, and rounds before the middle and the oldest are.
UNHURRIED = (20_000, 20, 50)


@contextmanager
def unhurried_collection() -> Iterator[None]:
    """Collect seldom, and leave out what was there before; both are as they were afterwards."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*UNHURRIED)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
