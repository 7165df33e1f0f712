"""Holding an experiment for a command: which arm is under way, then its table and its sentence."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.estimates import print_estimate
from benchmarks.cli.printable import on_one_line
from benchmarks.cli.progress import Progress
from benchmarks.cli.validity import documents_below, leave_unless_judged
from benchmarks.cli.waiting import to_end
from benchmarks.cli.writing import print_json
from benchmarks.experiments import tables
from benchmarks.experiments.arms import Arm
from benchmarks.experiments.folders import ARMS, DOCUMENT, PLOT, TABLE
from benchmarks.experiments.holding import held
from benchmarks.experiments.outcome import Outcome
from benchmarks.experiments.reckoning import reckoned
from benchmarks.experiments.settings import ExperimentSettings
from benchmarks.watcher import Watcher

#: The columns of names, which may take two lines.
NAMED = ("arm", "set", "second", "minus first")

#: Characters of a sentence or a note.
LONGEST = 2000


def hold_experiment(name: str, settings: ExperimentSettings) -> None:
    """Hold an experiment and print what it found: one JSON object, or tables and a sentence."""
    outcome = to_end(held(name, settings, _watching))
    if settings.as_json:
        print_json(outcome.document)
    else:
        _show(outcome, Console(highlight=False))
    arms = sorted((outcome.folder / ARMS).glob("*"))
    leave_unless_judged(document for arm in arms for document in documents_below(arm))


def print_reckoning(name: str, settings: ExperimentSettings) -> None:
    """Print what all arms would ask and cost."""
    print_estimate(reckoned(name, settings), as_json=settings.as_json)


@contextmanager
def _watching(arm: Arm, number: int, of: int) -> Iterator[Watcher]:
    sys.stderr.write(f"arm {number} of {of}: {on_one_line(arm.name)}\n")
    with Progress(arm.settings.in_flight) as progress:
        yield progress


def _show(outcome: Outcome, screen: Console) -> None:
    document = outcome.document
    if document["rehearsal"]:
        screen.print(Text(tables.REHEARSAL, "bold yellow"))
    screen.print(_table(document["experiment"], tables.arm_headings(document), tables.arm_rows(document)))
    screen.print(_table("Differences", tables.COMPARISONS, tables.comparison_rows(document)))
    if document["grades"]:
        screen.print(_table("What the committee makes of the requests", tables.GRADES, tables.grade_rows(document)))
    for note in (*tables.directions(document), *document["notes"]):
        screen.print(Text(on_one_line(note, LONGEST)), soft_wrap=True)
    screen.print(Text(on_one_line(outcome.sentence, LONGEST), "bold"), soft_wrap=True)
    screen.print(Text(f"Kept in {outcome.folder}: {DOCUMENT}, {TABLE}, {PLOT}, {ARMS}/"), soft_wrap=True)


def _table(title: str, headings: list[str], rows: Iterator[list[str]]) -> Table:
    table = Table(title=Text(on_one_line(title)), title_justify="left", box=None, padding=(0, 2, 0, 0))
    for place, heading in enumerate(headings):
        named = heading in NAMED
        table.add_column(
            heading,
            justify="left" if named else "right",
            no_wrap=not named,
            overflow="fold",
            min_width=12 if place == 0 else None,
        )
    for cells in rows:
        table.add_row(*(Text(on_one_line(cell, 80)) for cell in cells))
    return table
