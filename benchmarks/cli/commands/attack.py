"""`jury attack`: answers that try to steer a jury, and how many of its verdicts they turn."""

from typing import Any

from benchmarks.attack.settings import AttackTold
from benchmarks.cli.options import settled, takes


@takes(AttackTold, argument="source")
def attack(stated: dict[str, Any]) -> None:
    """Judge every answer of SOURCE as it is and with words, pictures and clips that try to steer the jury.

    Reports how many verdicts turn against the clean answers', for every attack in English and Chinese, with intervals.
    The words only ask for a verdict; nothing harmful is added to an answer.

    Example: jury attack sample --target rehearsal/reckless --jury poll --limit 3 --out my-attack
    """
    from benchmarks.attack.holding import held
    from benchmarks.cli.attack_tables import print_attack
    from benchmarks.cli.progress import Progress
    from benchmarks.cli.validity import leave_unless_judged
    from benchmarks.cli.waiting import to_end

    chosen: AttackTold = settled(AttackTold, stated, "jury attack")
    if chosen.dry_run:
        from benchmarks.attack.reckoning import reckoned
        from benchmarks.cli.estimates import print_estimate

        print_estimate(reckoned(chosen), as_json=chosen.as_json)
        return
    with Progress(chosen.in_flight) as progress:
        found = to_end(held(chosen, progress))
    print_attack(found, as_json=chosen.as_json)
    leave_unless_judged([found.results.document])
