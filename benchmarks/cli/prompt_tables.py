"""Prompts for people and for programs."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.printable import on_one_line, printable
from benchmarks.cli.writing import print_json
from benchmarks.prompting.checking import Finding
from benchmarks.prompting.listing import Piece

_COLOURS = {"error": "bold red", "warning": "yellow", "info": "dim"}


def print_pieces(pieces: Sequence[Piece], *, as_json: bool) -> None:
    """The pieces of a library."""
    if as_json:
        print_json({"pieces": [piece.document for piece in pieces]})
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("kind", "name", "languages", "version", "hash", "from"):
        table.add_column(column, no_wrap=column != "from", overflow="fold")
    for piece in pieces:
        version = "" if piece.version is None else str(piece.version)
        cells = (piece.kind, piece.name, ", ".join(piece.languages), version, piece.sha256[:8], piece.origin)
        table.add_row(*(Text(on_one_line(cell)) for cell in cells))
    Console(highlight=False).print(table)


def print_source(files: Mapping[str, str], *, as_json: bool) -> None:
    """The text of some files."""
    if as_json:
        print_json({"files": dict(files)})
        return
    for name, text in files.items():
        sys.stdout.write(f"--- {name}\n{printable(text)}\n")


def print_findings(findings: Sequence[Finding], *, as_json: bool) -> None:
    """What is wrong, errors first."""
    counts = {level: sum(one.level == level for one in findings) for level in _COLOURS}
    if as_json:
        print_json({"findings": [asdict(finding) for finding in findings], **counts})
        return
    console = Console(highlight=False)
    for finding in findings:
        place = f"{finding.file}{'' if finding.line is None else f' line {finding.line}'}"
        words = f"{finding.level}: {place}: {finding.what}"
        console.print(Text(printable(words), _COLOURS[finding.level]), soft_wrap=True)
    console.print(Text(", ".join(f"{number} {level}{'' if number == 1 else 's'}" for level, number in counts.items())))


def print_messages(document: dict[str, Any], *, as_json: bool) -> None:
    """The messages of one speech."""
    if as_json:
        print_json(document)
        return
    template = document["template"]
    head = f"{document['juror']} ({document['model']}), {document['act']} on case {document['case']}"
    wording = f"{template['name']}.{template['language']} version {template['version']} {template['sha256'][:12]}"
    sys.stdout.write(f"{on_one_line(head)}\n{wording}, about {document['tokens']:,} tokens\n")
    for message in document["messages"]:
        sys.stdout.write(f"\n=== {message['role']}\n")
        for part in message["parts"]:
            sys.stdout.write(f"{printable(part['text']) if part['kind'] == 'text' else _exhibit(part)}\n")
    sys.stdout.write("".join(f"\n({note})" for note in document["notes"]) + "\n")


def print_ejected(folder: Path, files: Sequence[str], *, as_json: bool) -> None:
    """What was copied where."""
    if as_json:
        print_json({"folder": str(folder), "files": list(files)})
    else:
        sys.stdout.write(f"{len(files)} files in {folder}; edit them, then use them with --prompts {folder}\n")


def print_wordings(document: dict[str, Any], *, as_json: bool) -> None:
    """Two wordings beside each other."""
    if as_json:
        print_json(document)
        return
    console = Console(highlight=False)
    title = (
        f"{document['second']} minus {document['first']}, {document['cases']} labelled cases (95 % interval by cluster)"
    )
    table = Table(title=Text(on_one_line(title)), title_justify="left", box=None, padding=(0, 2, 0, 0))
    for column in ("", "first", "second", "difference", "95 %"):
        table.add_column(column, justify="right" if column else "left")
    for name in ("f1", "kappa", "accuracy", "precision", "recall"):
        figure = document[name]
        interval = "–" if figure["interval"] is None else "{:+.3f}, {:+.3f}".format(*figure["interval"])
        table.add_row(
            name,
            *(
                _number(figure[key], form)
                for key, form in (("first", ".3f"), ("second", ".3f"), ("difference", "+.3f"))
            ),
            interval,
        )
    console.print(table)
    flips = document["flips"]
    told = f"{flips['changed']} verdicts changed: {flips['to_right']} to right, {flips['to_wrong']} to wrong"
    console.print(Text(told, "bold"))
    for one in document["changed"]:
        truth = "" if one["truth"] is None else f" (label {one['truth']})"
        console.print(Text(on_one_line(f"{one['case']}: {one['first']} → {one['second']}{truth}")))


def _number(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)


def _exhibit(part: Mapping[str, Any]) -> str:
    media = part["media"] or {}
    return f"[{part['kind']} {media.get('mime', '')}, {media.get('size', 0):,} bytes, sha256 {str(media.get('sha256'))[:12]}…]"
