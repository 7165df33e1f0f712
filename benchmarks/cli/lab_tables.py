"""What the lab found, for people and for programs."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.printable import on_one_line, printable
from benchmarks.cli.writing import print_json

_FIGURES = ("precision", "recall", "f1", "kappa", "accuracy")


def print_replay(document: dict[str, Any], *, as_json: bool) -> None:
    """A replay as one JSON object, or as tables."""
    if as_json:
        print_json(document)
        return
    console = Console(highlight=False)
    console.print(_against_labels(document))
    if document["rules"]:
        console.print(_table("By rule (learned ones out of fold)", document["rules"]))
    for line in (*_agreement(document), *_skipped(document), *document["notes"]):
        console.print(Text(printable(line)))


def print_selection(document: dict[str, Any], *, as_json: bool) -> None:
    """A selection as one JSON object, or as a sentence and a table."""
    if as_json:
        print_json(document)
        return
    console = Console(highlight=False)
    console.print(Text(printable(document["sentence"]), "bold"))
    rows = {"the selection, out of fold": document, "best single juror, out of fold": document["best_single"]}
    console.print(_table(f"{document['items']} items of {document['source']}, {document['folds']} folds", rows))
    for name, times in document["chosen"].items():
        console.print(Text(printable(f"chosen in {times} of {document['folds']} folds: {name}")))
    for line in document["notes"]:
        console.print(Text(printable(line)))


def _against_labels(document: dict[str, Any]) -> Table:
    title = f"{document['source']}: {document['items']} items in {document['groups']} groups, rule {document['rule']}"
    best = document["best_single"]
    rows = {"panel": document["panel"], "majority": document["majority"], "best single, out of fold": best}
    return _table(title, rows | document["jurors"], document["marginal"])


def _table(title: str, rows: Mapping[str, Mapping[str, Any]], marginal: Mapping[str, Any] | None = None) -> Table:
    table = Table(title=Text(on_one_line(title)), title_justify="left", box=None, padding=(0, 1, 0, 0))
    table.add_column("", overflow="fold")
    for name in (*_FIGURES, "95 %", "no vote", *(["adds"] if marginal is not None else [])):
        table.add_column(name, justify="right", no_wrap=True)
    for name, figures in rows.items():
        adds = [] if marginal is None else [_number(marginal.get(name), "+.3f")]
        table.add_row(Text(on_one_line(name, 60)), *_values(figures), str(figures["undecided"]), *adds)
    return table


def _values(figures: Mapping[str, Any]) -> Iterator[str]:
    yield from (_number(figures[name], ".3f") for name in _FIGURES)
    interval = figures["f1_ci"] if figures["f1"] is not None else figures["accuracy_ci"]
    yield "–" if interval is None else f"{interval[0]:.2f}–{interval[1]:.2f}"


def _agreement(document: dict[str, Any]) -> Iterator[str]:
    named = {"alpha": "alpha", "AC1": "ac1", "Fleiss' kappa": "fleiss_kappa", "effective votes (n_eff)": "n_eff"}
    yield ", ".join(f"{name} {_with_interval(document, key)}" for name, key in named.items())
    if document["prevalence"] is not None:
        shares = (document["prevalence"], document["gold_prevalence"])
        ballots, labels = (f"{_number(share, '.1%')}" for share in shares)
        yield f"Prevalence of {document['positive']}: {ballots} of the ballots, {labels} of the labels"
    by_label = ", ".join(f"{label} {_number(value, '.3f')}" for label, value in document["specific_agreement"].items())
    yield f"Agreement by label: {by_label}"


def _skipped(document: dict[str, Any]) -> Iterator[str]:
    for rule, why in document["skipped"].items():
        yield f"Left out: {rule} ({why})"


def _with_interval(document: Mapping[str, Any], key: str) -> str:
    interval = document[f"{key}_ci"]
    return _number(document[key], ".3f") + (" [{:.2f}, {:.2f}]".format(*interval) if interval else "")


def _number(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)
