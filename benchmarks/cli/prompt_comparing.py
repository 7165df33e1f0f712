"""Comparing two wordings for a command: which one is under way, then what they differ by."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

from benchmarks.cli.printable import on_one_line
from benchmarks.cli.progress import Progress
from benchmarks.cli.prompt_tables import print_wordings
from benchmarks.cli.tables import REHEARSAL
from benchmarks.cli.validity import documents_below, leave_unless_judged
from benchmarks.cli.waiting import to_end
from benchmarks.lab.comparing.arms import Arm
from benchmarks.lab.comparing.holding import RUN
from benchmarks.prompting.comparing import wordings_compared
from benchmarks.settings import RunSettings
from benchmarks.watcher import Watcher


def compare_wordings(first: str, second: str, settings: RunSettings, *, by_role: bool, as_json: bool) -> None:
    """Hold both wordings and print what they differ by."""

    @contextmanager
    def watching(arm: Arm) -> Iterator[Watcher]:
        sys.stderr.write(f"{on_one_line(arm.name)}\n")
        with Progress(settings.in_flight) as progress:
            yield progress

    document = to_end(wordings_compared(first, second, settings, by_role=by_role, watching=watching))
    if document["rehearsal"] and not as_json:
        Console(highlight=False).print(Text(REHEARSAL, "bold yellow"))
    print_wordings(document, as_json=as_json)
    leave_unless_judged(documents_below(settings.out / RUN))
