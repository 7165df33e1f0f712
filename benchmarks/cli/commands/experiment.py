"""`jury experiment`: the same cases under arms that differ in one thing, and whether that makes a difference."""

from collections.abc import Callable
from typing import Any

import typer

from benchmarks.cli.options import settled, takes
from benchmarks.experiments import EXPERIMENTS
from benchmarks.experiments.registry import Experiment

app = typer.Typer(name="experiment", help="Hold runs that differ in one thing, and compare them.", no_args_is_help=True)


@app.callback()
def experiment() -> None:
    """Hold runs that differ in one thing, and compare them. Each arm is a run of its own in OUT/arms.

    Example: jury experiment image-condition sample --target rehearsal/reckless --jury poll --out my-conditions
    """


def _command(chosen: Experiment) -> Callable[[dict[str, Any]], None]:
    def hold(stated: dict[str, Any]) -> None:
        from benchmarks.cli.experimenting import hold_experiment, print_reckoning

        settings = settled(chosen.settings, stated, f"jury experiment {chosen.name}")
        (print_reckoning if settings.dry_run else hold_experiment)(chosen.name, settings)

    hold.__doc__ = chosen.summary
    return hold


for _name in EXPERIMENTS:
    _chosen = EXPERIMENTS.get(_name)
    app.command(_name)(takes(_chosen.settings, argument="source")(_command(_chosen)))
