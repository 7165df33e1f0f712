"""What a check of a run found, for people and for programs."""

import json
from dataclasses import asdict
from typing import TextIO

from rich.console import Console
from rich.text import Text

from benchmarks.cli.printable import on_one_line
from benchmarks.verify import Finding, Report

#: Findings shown on a terminal; `--json` has all of them.
SHOWN = 20

#: Characters shown of a recorded or derived value.
_WIDTH = 80

#: Characters shown of the way to a row: a recorded juror is named by the whole path of its file.
_WHERE = 500


def print_findings(report: Report, *, as_json: bool, to: TextIO) -> None:
    """Print what was checked and what differs: as one JSON object, or as a sentence and a list."""
    if as_json:
        to.write(json.dumps(_document(report), indent=2) + "\n")
        return
    console = Console(file=to, highlight=False)
    for name in report.unchecked:
        console.print(Text(f"Not checked: section {on_one_line(name)} of results.json, another distribution's metric."))
    for name in report.unread:
        console.print(Text(f"Not checked: {on_one_line(name)}."))
    if report.ok:
        console.print(Text(f"Checked {_counted(report)}: no difference."))
        return
    console.print(Text(f"Checked {_counted(report)}: {_differences(len(report.findings))}.", "bold red"))
    for finding in report.findings[:SHOWN]:
        console.print(_lines(finding), soft_wrap=True)
    if (more := len(report.findings) - SHOWN) > 0:
        console.print(Text(f"and {more:,} more; --json names them all"))


def _document(report: Report) -> dict[str, object]:
    return {
        "folder": str(report.folder),
        "ok": report.ok,
        "checked": report.checked,
        "unchecked": [on_one_line(name) for name in report.unchecked],
        **({"unread": list(report.unread)} if report.unread else {}),
        "findings": [
            {name: on_one_line(text, _WHERE) for name, text in asdict(one).items()} for one in report.findings
        ],
    }


def _counted(report: Report) -> str:
    named = ((number, kind.removesuffix("s") if number == 1 else kind) for kind, number in report.checked.items())
    return ", ".join(f"{number:,} {kind}" for number, kind in named)


def _differences(number: int) -> str:
    return f"{number:,} difference{'s' if number > 1 else ''}"


def _lines(finding: Finding) -> Text:
    """Where it is on one line, what is wrong there on the next."""
    values = (("recorded", finding.recorded), ("derived", finding.derived))
    told = "".join(f"; {name} {on_one_line(value, _WIDTH)}" for name, value in values if value)
    return Text.assemble((on_one_line(finding.where, _WHERE), "bold"), f"\n    {on_one_line(finding.what)}{told}")
