"""Waiting for a coroutine in a command, with Ctrl-C and SIGTERM as stops that the same command takes up again."""

import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

from jury.stopping import run_to_end

T = TypeVar("T")


def to_end(work: Coroutine[Any, Any, T]) -> T:
    """What the work gives. Raises `StoppedEarlyError` where a signal stopped it, once calls in flight are kept."""
    return run_to_end(work, tell=print_to_stderr)


def print_to_stderr(sentence: str) -> None:
    """One line for the person who waits."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
