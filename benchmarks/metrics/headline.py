"""The figures a run is known by."""

from collections.abc import Sequence

from benchmarks.metrics.agreement import agreement
from benchmarks.metrics.intervals import Draw
from benchmarks.metrics.judged import Judged
from benchmarks.metrics.rates import rates
from benchmarks.metrics.registry import Section, metric
from jury.records import Rubric


@metric("metrics")
def headline(cases: Sequence[Judged], rubric: Rubric, _: Draw) -> Section:
    """ASR and SRI over all cases, pooled, and the agreement of the first sealed ballots."""
    return {**rates(cases, rubric), **agreement(cases, rubric)}
