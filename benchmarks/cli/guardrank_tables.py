"""What GuardRank's commands print, for people and for programs."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.printable import on_one_line, printable
from benchmarks.cli.writing import print_json, writable
from jury.atomic import write_atomically
from jury.spreadsheet import csv_lines

_FIGURES = ("precision", "recall", "f1", "kappa", "accuracy", "average_precision")

Document = Mapping[str, Any]


def print_trained(document: Document, *, as_json: bool) -> None:
    """What was learned from, the threshold, and the out-of-fold figures."""
    if as_json:
        print_json(document)
        return
    console = Console(highlight=False)
    counts = ", ".join(f"{number} {label}" for label, number in document["labels"].items())
    _say(
        console,
        f"Trained on {document['answers']} answers of {document['data']} in {document['groups']} groups: {counts}",
    )
    _notes(console, document)
    console.print(_table("Out of fold", {"all": document["out_of_fold"], **document["out_of_fold"]["by_language"]}))
    if document["kind"] == "binary":
        _say(console, f"{document['positive']} from a probability of {document['threshold']:.3f}")
    _say(console, f"Sure from a confidence of {document['sure_from']:.3f}")
    _say(console, f"Saved to {document['model']} ({document['hash'][:12]})")


def print_evaluation(document: Document, *, as_json: bool) -> None:
    """Figures on unseen answers, by language and target."""
    if as_json:
        print_json(document)
        return
    console = Console(highlight=False)
    title = (
        f"{document['model']} on {document['items']} answers of {document['source']}; positive: {document['positive']}"
    )
    console.print(_table(title, {"all": document, **document["by_language"], **document["by_target"]}))
    _notes(console, document)
    if document["seen_in_training"]:
        _say(console, "These are the answers it was trained on: the figures say nothing about others.")
    _say(
        console,
        f"Unsure of {document['unsure']}; calibration error {document['ece']:.3f}, Brier {document['brier']:.3f}",
    )


def print_crossval(document: Document, *, as_json: bool) -> None:
    """Out-of-fold figures beside recorded jurors, the plain baseline and the combination with ballots."""
    if as_json:
        print_json(document)
        return
    console = Console(highlight=False)
    plain = document["plain"] or {}
    rows = {"guardrank": document}
    rows |= {"guardrank with ballots": document["with_ballots"]} if document["with_ballots"] else {}
    rows |= {"plain tf-idf" if name == "text" else "plain tf-idf with ballots": one for name, one in plain.items()}
    title = (
        f"{document['source']}: {document['items']} answers in {document['groups']} groups, "
        f"{document['folds']} folds; positive: {document['positive']}"
    )
    console.print(_table(title, rows | document["jurors"]))
    _notes(console, document)
    for name, one in plain.items():
        gain = one["gain"]["f1"]
        told = "" if gain["ci"] is None else f" (95 % {gain['ci'][0]:+.3f} to {gain['ci'][1]:+.3f})"
        more = "–" if gain["difference"] is None else f"{gain['difference']:+.3f}"
        what = "" if name == "text" else ", both with ballots"
        _say(console, f"F1 over plain tf-idf{what}: {more}{told}")
    if len(document["seeds"]) > 1:
        for name, spread in document["over_seeds"].items():
            told = (
                spread if isinstance(spread, str) else f"{spread['mean']:.3f} ± {spread['sd']:.3f}" if spread else "–"
            )
            _say(console, f"{name} over {len(document['seeds'])} seeds: {told}")


def print_predictions(found: Iterable[Document], out: Path | None, *, as_json: bool) -> None:
    """One JSON line an answer, on standard output or in a file."""
    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in found)
    if out is None:
        for line in lines:
            sys.stdout.write(line)
        return
    with writable(out, as_json=as_json):
        write_atomically(out, (line.encode() for line in lines))


def print_card(card: Mapping[str, Any], out: Path | None, *, as_json: bool) -> None:
    """A model's card as Markdown or, as JSON, what it is made of."""
    if out is not None:
        with writable(out, as_json=as_json):
            write_atomically(out, [str(card["markdown"]).encode()])
    elif as_json:
        print_json(card)
    else:
        sys.stdout.write(printable(str(card["markdown"])))


def print_suggestions(found: Sequence[Document], out: Path | None, *, as_json: bool) -> None:
    """The answers to label, as a table, as JSON, or as a CSV to fill in."""
    if out is not None:
        with writable(out, as_json=as_json):
            write_atomically(out, csv_lines(list(found[0]), found))
    elif as_json:
        print_json({"suggestions": list(found)})
    else:
        table = Table(box=None, padding=(0, 1, 0, 0))
        for name in ("id", "said", "doubt", "response"):
            table.add_column(name, overflow="fold")
        for one in found:
            words = (one["id"], one["said"], f"{one['doubt']:.2f}", one["response"])
            table.add_row(*(Text(on_one_line(str(word), 80)) for word in words))
        Console(highlight=False).print(table)


def _table(title: str, rows: Mapping[str, Document]) -> Table:
    table = Table(title=Text(on_one_line(title)), title_justify="left", box=None, padding=(0, 1, 0, 0))
    table.add_column("", overflow="fold")
    for name in (*("AP" if name == "average_precision" else name for name in _FIGURES), "95 % of F1", "n"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, figures in rows.items():
        values = [_number(figures.get(figure)) for figure in _FIGURES]
        interval = figures.get("f1_ci")
        band = f"{interval[0]:.2f}–{interval[1]:.2f}" if interval else "–"
        table.add_row(Text(on_one_line(name, 50)), *values, band, str(figures.get("n", "")))
    return table


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _notes(console: Console, document: Document) -> None:
    for line in (*document["left_out"], *document["notes"]):
        _say(console, line)


def _say(console: Console, words: str) -> None:
    console.print(Text(printable(words)))
