"""People's labels on the answers of a run: kept beside its ledger, compared with each other and with the jury."""

from benchmarks.labels.agreement import Agreement, Pair, agreement_of
from benchmarks.labels.gold import GOLD_COLUMNS, SHEET_COLUMNS, gold_rows, settled, sheet_rows
from benchmarks.labels.label import Label, check_fits
from benchmarks.labels.reading import read_labels
from benchmarks.labels.store import FILE, Labels

__all__ = [
    "FILE", "GOLD_COLUMNS", "SHEET_COLUMNS", "Agreement", "Label", "Labels", "Pair", "agreement_of", "check_fits",
    "gold_rows", "read_labels", "settled", "sheet_rows",
]  # fmt: skip
