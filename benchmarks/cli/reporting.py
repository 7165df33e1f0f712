"""A report under way, and where it was written to."""

import json
import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from benchmarks.cli.printable import on_one_line
from benchmarks.cli.progress import PAUSE
from benchmarks.report import Written
from benchmarks.report.archive import Archive
from benchmarks.report.build import Watcher


class ReportProgress(Watcher):
    """Says how many verdicts were read: a live line on a terminal, a plain one every few seconds elsewhere."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._run, self._read, self._total = "", 0, 0
        self._said = time.monotonic()
        self._live = Live(console=self._console, refresh_per_second=4, transient=True, get_renderable=self._line)

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live.is_started:
            self._live.stop()

    def began(self, run: Archive, verdicts: int) -> None:
        """Note which run is read."""
        self._run, self._read, self._total = run.folder.name, 0, verdicts

    def heard(self) -> None:
        """Count one more verdict."""
        self._read += 1
        if not self._console.is_terminal and time.monotonic() - self._said >= PAUSE:
            self._said = time.monotonic()
            self._console.print(self._line(), soft_wrap=True)

    def _line(self) -> Text:
        if self._read == self._total:
            return Text("putting the report together")
        return Text(f"reading {on_one_line(self._run, 60)}: {self._read:,} of {self._total:,} verdicts")


def print_written(written: Written, *, as_json: bool) -> None:
    """Where a report is, as a sentence or as one JSON object."""
    if as_json:
        texts = [str(path) for path in written.texts]
        sys.stdout.write(json.dumps({"report": str(written.path), "bytes": written.size, "texts": texts}) + "\n")
        return
    beside = ""
    if written.texts:
        number = len(written.texts)
        beside = f"; {number:,} long text{'s' if number > 1 else ''} beside it in {written.texts[0].parent}"
    sys.stdout.write(f"Written: {written.path} ({written.size / 1e6:.1f} MB){beside}\n")
