"""Holding a comparison of protocols for a command: which one is under way, then its tables."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.printable import on_one_line
from benchmarks.cli.progress import Progress
from benchmarks.cli.tables import REHEARSAL
from benchmarks.cli.validity import documents_below, leave_unless_judged
from benchmarks.cli.waiting import to_end
from benchmarks.cli.writing import print_json
from benchmarks.lab.comparing.arms import Arm
from benchmarks.lab.comparing.compare import DOCUMENT, PLOT, Comparison, compared
from benchmarks.lab.comparing.holding import RUN
from benchmarks.settings import RunSettings
from benchmarks.watcher import Watcher


def hold_comparison(
    protocols: Path, settings: RunSettings, *, budget: str | None, controls: bool, matched: bool, as_json: bool
) -> None:
    """Hold a comparison and print what it found: one JSON object, or tables."""

    @contextmanager
    def watching(arm: Arm) -> Iterator[Watcher]:
        sys.stderr.write(f"{on_one_line(arm.name)}\n")
        with Progress(settings.in_flight) as progress:
            yield progress

    found = to_end(compared(protocols, settings, budget=budget, controls=controls, matched=matched, watching=watching))
    if as_json:
        print_json(found.document)
    else:
        _show(found, Console(highlight=False))
    leave_unless_judged(documents_below(found.folder / RUN))


def _show(found: Comparison, screen: Console) -> None:
    document = found.document
    if document["rehearsal"]:
        screen.print(Text(REHEARSAL, "bold yellow"))
    rows = document["protocols"]
    screen.print(_table(f"{document['source']}: {rows[0]['cases']} labelled cases", _QUALITY, map(_quality, rows)))
    argued = [row for row in rows if row["kind"] == "protocol" and "flips" in row]
    if argued:
        screen.print(_table("What deliberation did", _DONE, map(_done, argued)))
    against = f"Minus {document['baseline']} (paired; 95 % interval by cluster)"
    screen.print(_table(against, ["", *_SHOWN], map(_difference, document["differences"])))
    screen.print(Text(f"Kept in {found.folder}: {DOCUMENT}, {PLOT}, run/"), soft_wrap=True)


#: Headings take two lines, so that a table fits a terminal of 80 characters.
_QUALITY = ["", "F1", "95 %", "accuracy", "un-\ndecided", "F1\nbefore", "calls", "tokens", "cost"]
_DONE = [
    "",
    "right→\nwrong",
    "wrong→\nright",
    "con-\nformity",
    "without\npeers",
    "cor-\nrected",
    "broken",
    "tokens\neach",
]

#: Differences that the table shows; the document has all.
_SHOWN = ("f1", "accuracy")


def _quality(row: Mapping[str, Any]) -> Sequence[str]:
    interval = row["f1_ci"]
    return [
        row["name"],
        _number(row["f1"]),
        "–" if interval is None else f"{interval[0]:.2f}–{interval[1]:.2f}",
        _number(row["accuracy"]),
        str(row["undecided"]),
        _number(row["before"]["f1"]),
        str(row["calls"]),
        f"{row['tokens']:,}",
        "unknown" if row["cost"] is None else f"${row['cost']:.4f}",
    ]


def _done(row: Mapping[str, Any]) -> Sequence[str]:
    flips, moved, control = row["flips"], row["correction"], row["conformity_without_peers"]
    return [
        row["name"],
        str(flips["right_to_wrong"]),
        str(flips["wrong_to_right"]),
        _rate(row["conformity"]),
        "not held" if control is None else _rate(control),
        str(moved["corrected"]),
        str(moved["broken"]),
        "–" if moved["tokens"] is None else f"{moved['tokens']:,.0f}",
    ]


def _difference(one: Mapping[str, Any]) -> Sequence[str]:
    return [one["second"], *(_told(one[name]) for name in _SHOWN)]


def _told(figure: Mapping[str, Any]) -> str:
    """A difference with its interval, and whether that leaves out 0."""
    interval = figure["interval"]
    if interval is None:
        return _number(figure["difference"], "+.3f")
    apart = " *" if interval[0] > 0 or interval[1] < 0 else ""
    return f"{figure['difference']:+.3f} ({interval[0]:+.2f}, {interval[1]:+.2f}){apart}"


def _rate(conformity: Mapping[str, Any]) -> str:
    return "–" if conformity["rate"] is None else f"{conformity['rate']:.2f} ({conformity['occasions']})"


def _number(value: float | None, form: str = ".3f") -> str:
    return "–" if value is None else format(value, form)


def _table(title: str, headings: Sequence[str], rows: Iterator[Sequence[str]]) -> Table:
    table = Table(title=Text(on_one_line(title)), title_justify="left", box=None, padding=(0, 1, 0, 0))
    for heading in headings:
        table.add_column(heading, justify="right" if heading else "left", overflow="fold", no_wrap=bool(heading))
    for cells in rows:
        table.add_row(*(Text(on_one_line(cell, 60)) for cell in cells))
    return table
