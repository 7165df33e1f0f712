"""`jury ledger`: what was asked, what it cost, and what may go."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="ledger",
    help="Look into the calls that a run has paid for.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Place = Annotated[Path, typer.Argument(help="a run's folder, or a ledger's file")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON instead of text")]


@app.command()
def stats(run: Place, json: AsJson = False) -> None:
    """Calls, errors, tokens, cost, time and tries, model by model.

    Example: jury ledger stats my-run
    """
    from benchmarks.call_stats import call_stats
    from benchmarks.cli.call_tables import print_stats

    print_stats(call_stats(run), as_json=json)


@app.command()
def show(
    run: Place,
    key: Annotated[
        str | None, typer.Argument(help="the start of a call's key; without it, every call on a line")
    ] = None,
    case: Annotated[str | None, typer.Option(help="all calls of a case, in the order of its trial")] = None,
    json: AsJson = False,
) -> None:
    """One call, or all calls of a case: what was asked, in which settings, what came back.

    Example: jury ledger show my-run --case wine
    """
    from benchmarks.calls import kept_calls
    from benchmarks.cli.call_tables import Shown, print_calls, print_list

    with kept_calls(run) as calls:
        if case is not None:
            shown: list[Shown] = [*calls.of_case(case)]
            print_calls(shown, as_json=json)
        elif key is not None:
            print_calls([(None, calls.named(key))], as_json=json)
        else:
            print_list(calls.all(), as_json=json)


@app.command()
def prune(
    run: Place,
    errors: Annotated[bool, typer.Option("--errors", help="failed calls that no verdict rests on")] = False,
    unused: Annotated[bool, typer.Option("--unused", help="all calls that no verdict rests on")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="drop them; without it, only say what would go")] = False,
    json: AsJson = False,
) -> None:
    """Drop calls that nothing rests on. A failed call that is dropped is asked again when the run goes on.

    What is dropped no longer counts against --max-cost, --max-tokens and --max-calls.

    Example: jury ledger prune my-run --errors --yes
    """
    from benchmarks.cli.call_tables import print_pruning
    from benchmarks.pruning import pruning
    from jury.errors import InputError

    if not errors and not unused:
        raise InputError("nothing to prune is named; say --errors or --unused")
    found = pruning(run, errors=errors, unused=unused)
    if yes:
        found.carry_out()
    print_pruning(found, done=yes, as_json=json)


@app.command()
def mend(
    run: Place,
    yes: Annotated[bool, typer.Option("--yes", help="drop them; without it, only say what would go")] = False,
    json: AsJson = False,
) -> None:
    """Drop rows that are not as they were written, and what was made of them. The run's command makes them again.

    Only calls that were altered are paid for again.

    Example: jury ledger mend my-run --yes
    """
    from benchmarks.cli.call_tables import print_mending
    from benchmarks.mending import mending

    found = mending(run)
    if yes:
        found.carry_out()
    print_mending(found, done=yes, as_json=json)
