"""What an attack found, on a terminal."""

import sys
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.attack.holding import DOCUMENT, Attacked
from benchmarks.cli.printable import on_one_line
from benchmarks.cli.writing import print_json


def print_attack(found: Attacked, *, as_json: bool, console: Console | None = None) -> None:
    """Print one JSON object, or a row for every attack and language."""
    document = found.document
    if as_json:
        print_json(document)
        return
    screen = console or Console(highlight=False)
    if document["rehearsal"]:
        screen.print(Text("REHEARSAL: a script took part. This says nothing about any model.", "bold yellow"))
    screen.print(_table(document))
    for row in document["attacks"]:
        if row["not_applicable"]:
            name = f"{row['attack']} {row['language']}"
            line = f"{name}: no twin of {row['not_applicable']} cases: {on_one_line(row['because'], 300)}"
            screen.print(Text(line, "yellow"), soft_wrap=True)
    if not any(row["turnable"] for row in document["attacks"]):
        line = f"no clean verdict could be turned: none is decided on another choice than {document['towards']}; try --towards"
        screen.print(Text(line, "yellow"), soft_wrap=True)
    on = [name for name, set_to in document["defences"].items() if set_to]
    screen.print(Text(f"defences: {', '.join(on) or 'none'}; intervals at 95 %", "dim"))
    sys.stdout.write(f"Kept in {found.results.folder}: {DOCUMENT}, and the run behind it\n")


def _table(document: dict[str, Any]) -> Table:
    title = f"{document['source']} · {document['jury']} · towards {document['towards']}"
    table = Table(title=Text(on_one_line(title)), title_justify="left")
    table.add_column("attack", no_wrap=True)
    table.add_column("in")
    for column in ("turned", "of", "share", "elsewhere", "undecided", "beyond control", "ballots turned"):
        table.add_column(column, justify="right")
    for row in document["attacks"]:
        beyond = row["beyond_control"]
        table.add_row(
            row["attack"],
            row["language"],
            str(row["flipped"]),
            str(row["turnable"]),
            _share(row["rate"], row["interval"]),
            str(row["elsewhere"]),
            str(row["undecided"]),
            _share(beyond["difference"], beyond["interval"], signed=True) if beyond else "–",
            _share(row["ballots"]["rate"], row["ballots"]["interval"]),
        )
    return table


def _share(value: float | None, interval: Any, *, signed: bool = False) -> str:
    """A share in percent with its interval."""
    if value is None:
        return "–"
    form = "{:+.0f}" if signed else "{:.0f}"
    within = f" ({form.format(100 * interval[0])} to {form.format(100 * interval[1])})" if interval else ""
    return f"{form.format(100 * value)} %{within}"
