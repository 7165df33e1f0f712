"""CSV: the flat table."""

from pathlib import Path

from benchmarks.export.formats.registry import export_format
from benchmarks.export.rows import columns, rows
from benchmarks.results import Results
from jury.atomic import write_atomically
from jury.spreadsheet import csv_lines


@export_format("csv")
def as_csv(results: Results, path: Path) -> None:
    """One row a case. Text that a spreadsheet would take for a formula is led by an apostrophe; JSONL has it untouched."""
    write_atomically(path, csv_lines(list(columns(results)), rows(results)))
