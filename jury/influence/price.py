"""What deliberation corrected, what it broke, and what a corrected verdict cost."""

from collections.abc import Iterable
from dataclasses import dataclass

from jury.records import Usage, Verdict


@dataclass(frozen=True)
class Correction:
    """Verdicts that were not right on the first ballots and were after (`corrected`), and the other way round (`broken`).

    Undecided is never right. `tokens` and `cost` are what was spent beyond the first ballots for every verdict that was
    gained on balance: None where none was, or where tokens or a price are unknown.
    """

    corrected: int
    broken: int
    tokens: float | None
    cost: float | None


def correction(trials: Iterable[tuple[Verdict, str | None]], spent: Usage, opening: Usage) -> Correction:
    """What some trials, each a verdict and the truth, gained for what they `spent` in all and on their first ballots."""
    corrected = broken = 0
    for verdict, truth in trials:
        if truth is not None and verdict.before is not None:
            before, after = verdict.before.choice == truth, verdict.outcome.choice == truth
            corrected += after and not before
            broken += before and not after
    gained = corrected - broken
    tokens = None if spent.tokens is None or opening.tokens is None else spent.tokens - opening.tokens
    cost = None if spent.cost is None or opening.cost is None else spent.cost - opening.cost
    return Correction(
        corrected,
        broken,
        tokens / gained if gained > 0 and tokens is not None else None,
        cost / gained if gained > 0 and cost is not None else None,
    )
