"""The command line: one function per command, each in its own file, imported when it is called."""

import sys
import traceback

import typer

from benchmarks.cli.commands import (
    answer,
    attack,
    compare,
    data,
    deliberate,
    demo,
    doctor,
    experiment,
    export,
    generate,
    guardrank,
    judge,
    lab,
    labels,
    leaderboard,
    ledger,
    listing,
    prompts,
    report,
    run,
    schema,
    suites,
    verify,
    view,
)
from benchmarks.cli.disks import disk_fault
from benchmarks.cli.exits import ExitCode
from benchmarks.cli.logs import log_options
from benchmarks.cli.printable import on_one_line
from benchmarks.cli.terminal import replace_unencodable
from benchmarks.telemetry import telemetry
from jury.errors import InputError, StoppedEarlyError
from jury.secrets import scrubbed

#: Longest sentence the command takes its leave with, in characters.
LONGEST = 2000

app = typer.Typer(
    name="jury",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.callback()(log_options)
_COMMANDS = (
    demo.demo,
    deliberate.deliberate,
    suites.suites,
    run.run,
    answer.answer,
    judge.judge,
    attack.attack,
    compare.compare,
    leaderboard.leaderboard,
    report.report,
    view.view,
    labels.labels,
    export.export,
    verify.verify,
    doctor.doctor,
    schema.schema,
)
for command in _COMMANDS:
    app.command()(command)
app.command("list")(listing.list_names)
app.add_typer(data.app)
app.add_typer(ledger.app)
app.add_typer(generate.app)
app.add_typer(experiment.app)
app.add_typer(lab.app)
app.add_typer(prompts.app)
app.add_typer(guardrank.app)


def main() -> None:
    """Run the command line. Errors that are the user's to mend are one sentence and an exit code."""
    replace_unencodable(sys.stdout)
    replace_unencodable(sys.stderr)
    try:
        with telemetry():
            app(prog_name="jury")
    except InputError as error:
        _leave(str(error), ExitCode.BAD_INPUT)
    except StoppedEarlyError as error:
        _leave(str(error), ExitCode.STOPPED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(ExitCode.FINISHED)
    except Exception as error:
        if (sentence := disk_fault(error)) is not None:
            _leave(sentence, ExitCode.STOPPED)
        # A traceback quotes what the error met: keys among it must not reach the terminal or a log of it.
        sys.stderr.write(scrubbed(traceback.format_exc()))
        sys.exit(ExitCode.FAILED)


def _leave(sentence: str, code: int) -> None:
    sys.stderr.write(f"jury: {on_one_line(scrubbed(sentence), LONGEST)}\n")
    sys.exit(code)
