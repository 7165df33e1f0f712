"""A run's answers on a terminal."""

import json
import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.answers import Answers
from benchmarks.cli.printable import on_one_line
from benchmarks.cli.tables import row_lines, spent
from benchmarks.exhibit_counts import exhibit_notes
from jury.ledger.address import address_in


def print_answers(answers: Answers, *, as_json: bool, console: Console | None = None) -> None:
    """Print how many answers there are, why the rest failed, what they cost, and what to do next."""
    document = answers.document
    if as_json:
        sys.stdout.write(json.dumps(document, indent=2) + "\n")
        return
    screen = console or Console()
    if document["rehearsal"]:
        screen.print(Text("REHEARSAL: a script answered. This says nothing about any model.", "bold yellow"))
    title = f"{document['source']} · answers of {document['target']}"
    table = Table(title=Text(on_one_line(title)), show_header=False, title_justify="left")
    for name, number in document["counts"].items():
        table.add_row(name, str(number))
    if withdrawn := document.get("withdrawn"):
        table.add_row("withdrawn, not counted", str(withdrawn))
    for kind, number in document["causes"].items():
        example = document.get("examples", {}).get(kind, "")
        table.add_row(f"… {kind.replace('_', ' ')}", Text(on_one_line(f"{number}  {example}", 300)))
    for name, told in row_lines(document):
        table.add_row(name, told)
    for note in exhibit_notes(document):
        table.add_row("exhibits", note)
    table.add_row("calls, tokens, cost", spent(document["usage"]))
    screen.print(table)
    sys.stdout.write(f"Kept in {answers.folder}: answers.jsonl, {address_in(answers.folder).called}\n")
    sys.stdout.write(f"Judge them: jury judge {answers.folder} --jury trial --panel FILE.yaml\n")
