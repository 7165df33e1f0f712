"""What a check of a run found, for people and for programs."""

import json
from dataclasses import asdict
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.printable import on_one_line
from benchmarks.verify import Finding, Report

#: Findings shown on a terminal; `--json` has all of them.
SHOWN = 20

_WIDTH = 80


def print_findings(report: Report, *, as_json: bool, to: TextIO) -> None:
    """Print what was checked and what differs: as one JSON object, or as a sentence and a table."""
    if as_json:
        to.write(json.dumps(_document(report), indent=2) + "\n")
        return
    console = Console(file=to, highlight=False)
    if report.ok:
        console.print(Text(f"Checked {_counted(report)}: no difference."))
        return
    console.print(Text(f"Checked {_counted(report)}: {_differences(len(report.findings))}.", "bold red"))
    console.print(_table(report.findings[:SHOWN]))
    if (more := len(report.findings) - SHOWN) > 0:
        console.print(Text(f"and {more:,} more; --json names them all"))


def _document(report: Report) -> dict[str, object]:
    return {
        "folder": str(report.folder),
        "ok": report.ok,
        "checked": report.checked,
        "findings": [{name: on_one_line(text) for name, text in asdict(one).items()} for one in report.findings],
    }


def _counted(report: Report) -> str:
    named = ((number, kind.removesuffix("s") if number == 1 else kind) for kind, number in report.checked.items())
    return ", ".join(f"{number:,} {kind}" for number, kind in named)


def _differences(number: int) -> str:
    return f"{number:,} difference{'s' if number > 1 else ''}"


def _table(findings: tuple[Finding, ...]) -> Table:
    table = Table("where", "what", "recorded", "derived")
    for one in findings:
        table.add_row(*(Text(on_one_line(text, _WIDTH)) for text in (one.where, one.what, one.recorded, one.derived)))
    return table
