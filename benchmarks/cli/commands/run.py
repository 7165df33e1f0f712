"""`jury run`: judge every answer of a source."""

from pathlib import Path
from typing import Any

from benchmarks.cli.options import settled, takes
from benchmarks.settings import Experiment


@takes(Experiment, argument="source")
def run(stated: dict[str, Any]) -> None:
    """Judge every answer of SOURCE with a jury and sum up what it found.

    Every flag has its key in a YAML file: jury run experiment.yaml. A run's manifest.json repeats it.

    Example: jury run sample --target rehearsal/reckless --jury trial --out my-run
    """
    from benchmarks.cli.running import finish, hold
    from benchmarks.cli.waiting import to_end

    chosen: Experiment = settled(Experiment, stated, "jury run")
    if chosen.dry_run:
        from benchmarks.cli.estimates import print_estimate
        from benchmarks.estimate import estimated

        print_estimate(estimated(chosen.settings), as_json=chosen.as_json)
        return
    repeated = Path(stated["source"]) if str(stated.get("source", "")).endswith(".json") else None
    finish(to_end(hold(chosen.settings, repeated)), as_json=chosen.as_json, max_invalid=chosen.max_invalid)
