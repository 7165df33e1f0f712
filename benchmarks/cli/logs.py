"""The log of a command, on standard error: standard output is for results."""

import sys
from typing import Annotated

import typer

from jury.environment import read_keys


def log_options(
    log_json: Annotated[
        bool | None, typer.Option("--log-json/--log-console", help="form of the log (or JURY_LOG=json|console)")
    ] = None,
    log_level: Annotated[
        str | None, typer.Option(help="debug, info, warning or error (or JURY_LOG_LEVEL); default: warning")
    ] = None,
) -> None:
    """Panels of language models deliberate over multimodal safety tests.

    Keys are read from the environment or from a .env in the working directory, and never written down.
    What is said in calls is logged only with JURY_LOG_BODIES=1.
    """
    # The log's library takes as long to import as all of the help: whoever asks for help need not wait for it.
    from jury.logs import log_to

    read_keys()
    log_to(sys.stderr, {True: "json", False: "console", None: None}[log_json], log_level)
