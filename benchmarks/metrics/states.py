"""How outcomes ended: what is not decided stands beside every figure."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from benchmarks.metrics.judged import Judged

STATES: tuple[Literal["decided", "hung", "no_quorum", "invalid"], ...] = ("decided", "hung", "no_quorum", "invalid")


def states(cases: Sequence[Judged]) -> dict[str, int]:
    """How many outcomes are in each state."""
    counted = Counter(one.verdict.outcome.state for one in cases)
    return {state: counted[state] for state in STATES}


def decided(cases: Sequence[Judged]) -> list[Judged]:
    """The cases on which the panel decided."""
    return [one for one in cases if one.choice is not None]
