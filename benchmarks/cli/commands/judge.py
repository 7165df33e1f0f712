"""`jury judge`: bring the answers of a finished run before one more jury."""

from typing import Any

from benchmarks.cli.options import settled, takes
from benchmarks.settings import Judging


@takes(Judging, argument="run")
def judge(stated: dict[str, Any]) -> None:
    """Judge the answers in RUN by a jury of their own; no target is asked again.

    What it finds is kept in RUN/juries, its calls in RUN's ledger: juries share what they have in common.

    Example: jury judge my-answers --jury trial --panel rehearsal
    """
    from benchmarks.cli.running import finish, hold_jury
    from benchmarks.cli.waiting import to_end

    chosen: Judging = settled(Judging, stated, "jury judge", argument="run")
    if chosen.dry_run:
        from benchmarks.cli.estimates import print_estimate
        from benchmarks.estimate import estimated_judging

        print_estimate(to_end(estimated_judging(chosen.settings)), as_json=chosen.as_json)
        return
    finish(to_end(hold_jury(chosen.settings)), as_json=chosen.as_json, max_invalid=chosen.max_invalid)
