"""The labels of one run with what its jury decided: how far all agree, and the tables they are taken away in."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.calls import kept_calls
from benchmarks.folders import store_of
from benchmarks.gold.vocabulary import check_known
from benchmarks.labels.agreement import Agreement, agreement_of
from benchmarks.labels.gold import GOLD_COLUMNS, SHEET_COLUMNS, gold_rows, settled, sheet_rows
from benchmarks.labels.label import Label
from benchmarks.labels.reading import read_labels
from benchmarks.labels.store import Labels
from benchmarks.manifest import jury_in, read_manifest, run_id
from jury.atomic import write_atomically
from jury.errors import InputError
from jury.spreadsheet import csv_lines


@dataclass(frozen=True)
class RunLabels:
    """The labels that count, those of settled cases, the ids of the cases people differ on, and the agreement.

    `labels` are as they were given; of those, some mean no choice of the run's rubric (`ignored`), or abstain.
    """

    folder: Path
    labels: tuple[Label, ...]
    settled: dict[str, list[Label]]
    unsettled: tuple[str, ...]
    agreement: Agreement
    ignored: Mapping[str, int] = field(default_factory=dict)
    abstained: Mapping[str, int] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """The agreement and what is settled, as JSON can hold it."""
        return {
            **asdict(self.agreement),
            "settled": len(self.settled),
            "unsettled": list(self.unsettled),
            "ignored": dict(self.ignored),
            "abstained": dict(self.abstained),
        }


def labels_of(folder: Path, *, ignore_labels: bool = False) -> RunLabels:
    """The labels of the run in a folder. Raises `InputError` where there is no run, or nobody has labelled anything.

    Labels that mean no choice of the run's rubric are an error, or left out with `ignore_labels`.
    """
    manifest = read_manifest(folder)
    run = run_id(manifest)
    labels = Labels(store_of(folder)).all()
    if not labels:
        raise InputError(f"{folder}: nobody has labelled an answer of this run yet; open it with jury view")
    read = read_labels(labels, jury_in(manifest, folder).rubric if manifest["jury"] else None)
    if not ignore_labels:
        check_known(str(folder), Counter(label.choice for label in labels), read.words)
    with kept_calls(folder) as calls:
        verdicts = {label.case_id: calls.verdict(run, label.case_id) for label in labels}
    heard = {case: verdict.outcome for case, verdict in verdicts.items() if verdict is not None}
    decided = {case: outcome.choice for case, outcome in heard.items() if outcome.blocked is None}
    agreed, unsettled = settled(read.labels)
    agreement = agreement_of(read.labels, decided)
    return RunLabels(folder, tuple(labels), agreed, tuple(unsettled), agreement, read.unknown, read.abstained)


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
