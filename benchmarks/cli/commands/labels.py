"""`jury labels`: people's labels on a run, how far they agree, and as `gold.csv`."""

from pathlib import Path
from typing import Annotated

import typer


def labels(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="folder of a run whose answers people labelled")],
    gold: Annotated[Path | None, typer.Option(help="write the settled labels here, as gold.csv")] = None,
    sheet: Annotated[Path | None, typer.Option(help="write every label here, with its note")] = None,
    ignore_labels: Annotated[
        bool, typer.Option("--ignore-labels", help="leave out labels that the run's rubric does not know")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of tables")] = False,
) -> None:
    """Say how far people agree with each other and with the jury; write their labels for GuardRank and calibration.

    Labels are given in the viewer. Where people differ, nothing is settled until somebody labels as `gold`.

    Example: jury labels my-run --gold gold.csv
    """
    from benchmarks.cli.label_tables import print_labels
    from benchmarks.labels.summary import labels_of, write_gold, write_sheet

    found = labels_of(run, ignore_labels=ignore_labels)
    if gold is not None:
        write_gold(found, gold)
    if sheet is not None:
        write_sheet(found, sheet)
    print_labels(found, [path for path in (gold, sheet) if path is not None], as_json=json)
