"""`jury verify`: does a finished run say what its ledger says?"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.cli.exits import ExitCode


def verify(
    run: Annotated[Path, typer.Argument(help="the folder of a finished run, or of a generated set")],
    json: Annotated[bool, typer.Option("--json", help="print the findings as one JSON object")] = False,
) -> None:
    """Derive every number of a run again from its ledger and name each difference. Exit 1 if there is one.

    Of a generated set it checks files, rows, counts and calls against its manifest, provenance and ledger.

    Example: jury verify my-run
    """
    from benchmarks.cli.findings import print_findings
    from benchmarks.verify import verify as checked

    report = checked(run)
    print_findings(report, as_json=json, to=sys.stdout)
    if report.findings:
        raise typer.Exit(ExitCode.FAILED)
