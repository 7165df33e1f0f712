"""Challenges for people and for programs."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.printable import on_one_line, printable
from benchmarks.cli.writing import print_json
from benchmarks.lab.challenging import Challenged


def print_challenges(found: Challenged, *, as_json: bool) -> None:
    """What is said of every juror, and who sits now."""
    if as_json:
        document = {
            "challenges": [one.model_dump(mode="json") for one in found.challenges],
            "panel": None if found.empanelled is None else found.empanelled.model_dump(mode="json"),
            "notes": list(found.notes),
            "written": None if found.written is None else str(found.written),
        }
        print_json(document)
        return
    console = Console(highlight=False)
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("juror", "finding", "errors lean to", "skilled", "why"):
        table.add_column(column, overflow="fold", no_wrap=column == "finding")
    for one in found.challenges:
        skew = "–" if one.skew is None else one.skew or "no side"
        skilled = {None: "–", True: "yes", False: "no"}[one.skilled]
        told = (on_one_line(one.juror), one.finding, skew, skilled, printable(one.why))
        table.add_row(*map(Text, told))
    console.print(table)
    for note in found.notes:
        console.print(Text(printable(note)))
    for change in found.empanelled.changes if found.empanelled else ():
        came = f"{change.came} takes the seat" if change.came else "nobody takes the seat"
        console.print(Text(printable(f"{change.left} leaves ({change.why}); {came}")))
    if found.written:
        console.print(Text(printable(f"The panel that sits now: {found.written}")))
