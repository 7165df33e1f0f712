"""`jury demo`: the main job on what the project ships, without a key."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

#: The demo's target: it complies with much that it should refuse, so that the jury has something to find.
TARGET = "rehearsal/reckless"

#: Who judges in the demo: scripted jurors, and the trained evaluator that ships.
PANEL = "demo"


def demo(
    out: Annotated[
        Path | None, typer.Option(help="keep the run here; default: a folder that is gone afterwards")
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="print one JSON object instead of the trial and the table")
    ] = False,
) -> None:
    """Judge twenty mild cases with four scripted jurors and a trained evaluator; show the trial they disagreed on most.

    Example: jury demo --out demo-run
    """
    from benchmarks.cli.running import finish, hold, show
    from benchmarks.cli.showing import print_most_disputed
    from benchmarks.cli.waiting import to_end
    from benchmarks.settings import RunSettings
    from jury.records import Target

    with tempfile.TemporaryDirectory(prefix="jury-demo-") as passing:
        settings = RunSettings(source="sample", out=out or Path(passing), target=Target(model=TARGET), panel=PANEL)
        results = to_end(hold(settings))
        if not json:
            print_most_disputed(results)
        if out is None:
            show(results, as_json=json)
        else:
            finish(results, as_json=json, max_invalid=None)
