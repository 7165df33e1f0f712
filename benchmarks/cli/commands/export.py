"""`jury export`: a finished run in the formats of others."""

from pathlib import Path
from typing import Annotated

import typer


def export(
    run: Annotated[Path, typer.Argument(help="the folder of a finished run")],
    out: Annotated[Path, typer.Option("-o", "--out", help="the file to write")],
    format_: Annotated[
        str, typer.Option("--format", help="jsonl, parquet, csv or inspect (a .eval file for inspect view)")
    ] = "jsonl",
    json: Annotated[bool, typer.Option("--json", help="say where it is as one JSON object")] = False,
) -> None:
    """Write every case of a finished run with its answers, verdict and ballots to one file.

    Example: jury export my-run --format inspect -o my-run.eval
    """
    from benchmarks.cli.writing import writable
    from benchmarks.export import EXPORTS
    from benchmarks.results import Results

    exporter, results = EXPORTS.get(format_), Results.read(run)
    with writable(out, as_json=json):
        exporter(results, out)
