"""The labels of one run with what its jury decided: how far all agree, and the tables they are taken away in."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.calls import kept_calls
from benchmarks.folders import store_of
from benchmarks.labels.agreement import Agreement, agreement_of
from benchmarks.labels.gold import GOLD_COLUMNS, SHEET_COLUMNS, gold_rows, settled, sheet_rows
from benchmarks.labels.label import Label
from benchmarks.labels.store import Labels
from benchmarks.manifest import read_manifest, run_id
from benchmarks.spreadsheet import csv_lines
from jury.atomic import write_atomically
from jury.errors import InputError


@dataclass(frozen=True)
class RunLabels:
    """The labels that count, those of settled cases, the ids of the cases people differ on, and the agreement."""

    folder: Path
    labels: tuple[Label, ...]
    settled: dict[str, list[Label]]
    unsettled: tuple[str, ...]
    agreement: Agreement

    def document(self) -> dict[str, Any]:
        """The agreement and what is settled, as JSON can hold it."""
        return {**asdict(self.agreement), "settled": len(self.settled), "unsettled": list(self.unsettled)}


def labels_of(folder: Path) -> RunLabels:
    """The labels of the run in a folder. Raises `InputError` where there is no run, or nobody has labelled anything."""
    run = run_id(read_manifest(folder))
    labels = Labels(store_of(folder)).all()
    if not labels:
        raise InputError(f"{folder}: nobody has labelled an answer of this run yet; open it with jury view")
    with kept_calls(folder) as calls:
        verdicts = {label.case_id: calls.verdict(run, label.case_id) for label in labels}
    decided = {case: verdict.outcome.choice for case, verdict in verdicts.items() if verdict is not None}
    agreed, unsettled = settled(labels)
    return RunLabels(folder, tuple(labels), agreed, tuple(unsettled), agreement_of(labels, decided))


def write_gold(found: RunLabels, path: Path) -> None:
    """Write `gold.csv`: the label of every case that people are of one mind on."""
    _write(path, csv_lines(GOLD_COLUMNS, gold_rows(found.settled)))


def write_sheet(found: RunLabels, path: Path) -> None:
    """Write every label that counts, with its note."""
    _write(path, csv_lines(SHEET_COLUMNS, sheet_rows(found.labels)))


def _write(path: Path, lines: Any) -> None:
    try:
        write_atomically(path, lines)
    except OSError as error:
        raise InputError(f"{path} can't be written: {error.strerror}; choose another") from None
