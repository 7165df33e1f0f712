"""A viewer that is being opened: how far its indices are, and where it listens."""

import json
import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console

from benchmarks.cli.printable import on_one_line
from benchmarks.cli.progress import PAUSE
from benchmarks.viewer.places import RunPlace


class ViewProgress:
    """Says how many cases are in an index that takes long to make: one line on a terminal, plain lines elsewhere."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._status = self._console.status("opening")
        self._said = time.monotonic()

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._status.stop()

    def heard(self, run: RunPlace, done: int, total: int) -> None:
        """Say how far the index of a run is."""
        line = f"reading {on_one_line(run.title, 60)}: {done:,} of {total:,} cases"
        if self._console.is_terminal:
            self._status.update(line)
        elif time.monotonic() - self._said >= PAUSE:
            self._said = time.monotonic()
            self._console.print(line, soft_wrap=True, highlight=False)


def print_address(address: str, *, as_json: bool) -> None:
    """Where the viewer listens."""
    if as_json:
        sys.stdout.write(json.dumps({"address": address}) + "\n")
    else:
        sys.stdout.write(f"The viewer is at {address}\nCtrl-C stops it.\n")
