"""`jury answer`: collect a target's answers, for juries to judge later."""

from typing import Any

from benchmarks.cli.options import settled, takes
from benchmarks.settings import Collection


@takes(Collection, argument="source")
def answer(stated: dict[str, Any]) -> None:
    """Ask a target about every case of SOURCE and keep its answers; jury judge brings them before juries.

    Example: jury answer sample --target rehearsal/reckless --out my-answers
    """
    from benchmarks.cli.running import collect, finish_answers
    from benchmarks.cli.waiting import to_end

    chosen: Collection = settled(Collection, stated, "jury answer")
    if chosen.dry_run:
        from benchmarks.cli.estimates import print_estimate
        from benchmarks.estimate import estimated_answers

        print_estimate(estimated_answers(chosen.settings), as_json=chosen.as_json)
        return
    finish_answers(to_end(collect(chosen.settings)), as_json=chosen.as_json, max_invalid=chosen.max_invalid)
