"""The command line: one function per command, each in its own file, imported when it is called."""

import sys

import typer

from benchmarks.cli.commands import deliberate, demo, run, verify
from benchmarks.cli.exits import BAD_INPUT, STOPPED_EARLY
from benchmarks.cli.printable import on_one_line
from jury.errors import InputError, StoppedEarlyError

#: Longest sentence the command takes its leave with, in characters.
LONGEST = 2000

app = typer.Typer(
    name="jury",
    help="Panels of language models deliberate over multimodal safety tests.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (demo.demo, deliberate.deliberate, run.run, verify.verify):
    app.command()(command)


def main() -> None:
    """Run the command line. Errors that are the user's to mend are one sentence and an exit code."""
    try:
        app()
    except InputError as error:
        _leave(str(error), BAD_INPUT)
    except StoppedEarlyError as error:
        _leave(str(error), STOPPED_EARLY)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _leave(sentence: str, code: int) -> None:
    sys.stderr.write(f"jury: {on_one_line(sentence, LONGEST)}\n")
    sys.exit(code)
