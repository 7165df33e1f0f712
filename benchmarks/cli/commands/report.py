"""`jury report`: what runs found, as one HTML file to publish."""

from pathlib import Path
from typing import Annotated

import typer


def report(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN", help="folders of finished runs, compared in one report")],
    out: Annotated[Path, typer.Option("--out", "-o", help="the report's file")] = Path("report.html"),
    title: Annotated[str, typer.Option(help="what stands above it")] = "Jury report",
    cases: Annotated[int, typer.Option(min=0, max=200, help="how many of the most disputed cases to show")] = 20,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of a sentence")] = False,
) -> None:
    """Write what RUNs found as one HTML file that loads nothing: figures, charts, disputed cases with their debate.

    Texts too long to show stand whole in a folder beside it, `report-texts` for `report.html`.

    Example: jury report my-run -o report.html
    """
    from benchmarks.cli.reporting import ReportProgress, print_written
    from benchmarks.report import Wishes, write_report

    with ReportProgress() as progress:
        written = write_report(runs, out, wishes=Wishes(title, cases), watcher=progress)
    print_written(written, as_json=json)
