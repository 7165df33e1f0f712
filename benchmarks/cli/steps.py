"""Progress of work without calls: what is being worked out, always on standard error."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

from benchmarks.cli.printable import on_one_line

#: Seconds between two plain lines.
PAUSE = 5.0


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """A live line on a terminal; elsewhere a plain line now and then."""
    console = Console(stderr=True)
    said = time.monotonic()

    def hear(step: str) -> None:
        nonlocal said
        if console.is_terminal:
            status.update(Text(on_one_line(step)))
        elif time.monotonic() - said >= PAUSE:
            said = time.monotonic()
            console.print(Text(on_one_line(step)))

    with console.status("") as status:
        yield hear
