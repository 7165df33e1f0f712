"""`jury data`: the files of suites."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="data",
    help="Get the files of a suite.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def data() -> None:
    """Get the files of a suite."""


@app.command()
def get(
    suite: Annotated[str, typer.Argument(help="one of `jury suites`")],
    to: Annotated[Path, typer.Option(help="folder for the files; the same command again goes on")],
    accept_terms: Annotated[bool, typer.Option("--accept-terms", help="you have read licence and terms")] = False,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object about what was got")] = False,
) -> None:
    """Show a suite's licence and terms; once they are accepted, download its public copy and check it.

    Example: jury data get siuo --to data/siuo --accept-terms
    """
    from benchmarks.cli.getting import get_files, offered

    wanted, copy = offered(suite, accepted=accept_terms)
    get_files(wanted, copy, to, as_json=json)
