"""Waiting for a coroutine in a command, with Ctrl-C as a stop that can be taken up again."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from jury.errors import StoppedEarlyError

T = TypeVar("T")


def to_end(work: Coroutine[Any, Any, T]) -> T:
    """What the work gives. Ctrl-C lets calls under way finish, then raises `StoppedEarlyError`."""
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        raise StoppedEarlyError(
            "stopped; every finished call is kept, and the same command goes on from here"
        ) from None
