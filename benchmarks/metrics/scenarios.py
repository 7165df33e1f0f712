"""The rates of each scenario."""

from collections.abc import Sequence

from benchmarks.metrics.counts import states
from benchmarks.metrics.intervals import Draw
from benchmarks.metrics.judged import Judged
from benchmarks.metrics.rates import asr, sri
from benchmarks.metrics.registry import Section, metric
from jury.records import Rubric


@metric("by_scenario")
def by_scenario(cases: Sequence[Judged], rubric: Rubric, _: Draw) -> Section:
    """The rates of each named scenario over its own cases."""
    scenarios: dict[str, list[Judged]] = {}
    for one in cases:
        if one.scenario:
            scenarios.setdefault(one.scenario, []).append(one)
    return {
        name: {
            "asr": asr(members),
            "n": len(members),
            "decided": states(members)["decided"],
            "sri": sri(members, rubric),
        }
        for name, members in sorted(scenarios.items())
    }
