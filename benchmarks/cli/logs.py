"""The log of a command, on standard error: standard output is for results."""

import sys
from importlib.metadata import version
from itertools import pairwise
from typing import Annotated

import typer

#: The flag that allows hosts.
ALLOW = "--allow-base"


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
    from jury.environment import read_keys, stop_third_party_tracing
    from jury.logs import log_to
    from jury.trust.bases import note_user_bases
    from jury.trust.permissions import permissions_of

    log_to(sys.stderr, {True: "json", False: "console", None: None}[log_json], log_level)
    words = sys.argv[1:]
    note_user_bases(words)
    stop_third_party_tracing()
    read_keys(permissions=permissions_of(_allowed(words)))


def _allowed(words: list[str]) -> list[str]:
    """The hosts that `--allow-base` names on a command line: a `.env` is read before the command looks at its options."""
    said = [word for flag, word in pairwise(words) if flag == ALLOW]
    said += [word.removeprefix(f"{ALLOW}=") for word in words if word.startswith(f"{ALLOW}=")]
    return [host for hosts in said for host in hosts.split(",")]
