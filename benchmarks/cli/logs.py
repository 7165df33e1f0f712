"""The log of a command, on standard error: standard output is for results."""

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from jury.environment import read_keys


def print_version(wanted: bool) -> None:
    """Print the installed version of the distribution and leave. Nothing happens where it is not wanted."""
    if wanted:
        sys.stdout.write(f"jury {version('multimodal-jury')}\n")
        raise typer.Exit


def log_options(
    log_json: Annotated[
        bool | None, typer.Option("--log-json/--log-console", help="form of the log (or JURY_LOG=json|console)")
    ] = None,
    log_level: Annotated[
        str | None, typer.Option(help="debug, info, warning or error (or JURY_LOG_LEVEL); default: warning")
    ] = None,
    _show_version: Annotated[
        bool, typer.Option("--version", help="print the version and leave", callback=print_version, is_eager=True)
    ] = False,
) -> None:
    """Panels of language models deliberate over multimodal safety tests.

    Keys are read from the environment or from a .env in the working directory, and never written down.
    What is said in calls is logged only with JURY_LOG_BODIES=1.
    """
    # The log's library takes as long to import as all of the help: whoever asks for help need not wait for it.
    from jury.logs import log_to

    read_keys()
    log_to(sys.stderr, {True: "json", False: "console", None: None}[log_json], log_level)
