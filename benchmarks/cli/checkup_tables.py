"""Check-ups on a terminal: a row for every model, and below them what is wrong and what to do about it."""

import json
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.checkups import document_of
from benchmarks.cli.printable import on_one_line
from jury.checkup import Checkup, Finding
from jury.providers import is_rehearsal

_SIGNS = {True: "yes", False: "no", None: "–"}


def print_checkups(checkups: Sequence[Checkup], *, as_json: bool, console: Console | None = None) -> None:
    """Print check-ups as one JSON object, or as a table with advice."""
    if as_json:
        fine = not any(checkup.findings for checkup in checkups)
        document = {"fine": fine, "models": [document_of(checkup) for checkup in checkups]}
        sys.stdout.write(json.dumps(document, indent=2) + "\n")
        return
    screen = console or Console()
    screen.print(_table(checkups))
    for checkup in checkups:
        for finding in checkup.findings:
            _print_finding(checkup, finding, screen)
        for note in checkup.notes:
            screen.print(Text(f"{_name(checkup)}: {note}", "yellow"))


def _print_finding(checkup: Checkup, finding: Finding, screen: Console) -> None:
    """What is wrong, what to do about it, and what was seen: a model's or a server's words, shown, never obeyed."""
    advice = Text(f"{_name(checkup)}: ").append(_spelt(finding.kind), "bold red").append(f"; {finding.advice}")
    screen.print(advice)
    screen.print(Text(f"  {on_one_line(finding.detail, 300)}", "dim"))


def _table(checkups: Sequence[Checkup]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("model", overflow="fold", ratio=1)
    for column in ("key", "reachable", "structured", "sees", "hears"):
        table.add_column(column, no_wrap=True)
    table.add_column("verdict")
    for checkup in checkups:
        table.add_row(Text(_name(checkup)), *_signs(checkup), _verdict(checkup))
    return table


def _signs(checkup: Checkup) -> list[str]:
    structured = checkup.rung if checkup.structured and checkup.rung else _SIGNS[checkup.structured]
    key, reachable, sees, hears = (
        _SIGNS[sign] for sign in (checkup.key, checkup.reachable, checkup.sees, checkup.hears)
    )
    return [key, reachable, structured, sees, hears]


def _verdict(checkup: Checkup) -> Text:
    label = " (rehearsal)" if is_rehearsal(checkup.subject.model) else ""
    kinds = ", ".join(_spelt(finding.kind) for finding in checkup.findings)
    return Text(kinds + label, "bold red") if kinds else Text(f"fine{label}", "green")


def _name(checkup: Checkup) -> str:
    base = checkup.subject.settings.api_base
    return on_one_line(f"{checkup.subject.model} at {base}" if base else checkup.subject.model, 100)


def _spelt(kind: str) -> str:
    return kind.replace("_", " ")
