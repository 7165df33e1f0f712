"""How many cases ended how, and what deliberation changed."""

from collections import Counter
from collections.abc import Sequence

from benchmarks.metrics.intervals import Draw
from benchmarks.metrics.judged import Judged
from benchmarks.metrics.rates import positives
from benchmarks.metrics.registry import Section, metric
from benchmarks.metrics.states import states
from jury.records import Rubric


@metric("counts")
def counts(cases: Sequence[Judged], rubric: Rubric, _: Draw) -> Section:
    """Cases by state, by side and by choice, and in how many deliberation moved a juror or the outcome."""
    ended = states(cases)
    choices = Counter(one.choice for one in cases)
    return {
        "cases": len(cases),
        **ended,
        "positive": positives(cases),
        "negative": ended["decided"] - positives(cases),
        "choices": {choice: choices[choice] for choice in rubric.choices},
        "changed": sum(bool(one.verdict.changed) for one in cases),
        **_turns(cases),
    }


def _turns(cases: Sequence[Judged]) -> dict[str, int]:
    """What deliberation made of the first ballots' outcome: another decision, a decision at all, or none any more."""
    turns = [(one.verdict.before.choice, one.choice) for one in cases if one.verdict.before]
    return {
        "flipped": sum(None not in turn and turn[0] != turn[1] for turn in turns),
        "resolved": sum(before is None and after is not None for before, after in turns),
        "unsettled": sum(before is not None and after is None for before, after in turns),
    }
