"""The figures a run is known by."""

from collections.abc import Sequence

from benchmarks.metrics.agreement import agreement
from benchmarks.metrics.intervals import Draw, mean_ci
from benchmarks.metrics.judged import Judged
from benchmarks.metrics.rates import asr, asr_bounds, sri
from benchmarks.metrics.registry import Section, metric
from jury.records import Rubric


@metric("metrics")
def headline(cases: Sequence[Judged], rubric: Rubric, draw: Draw) -> Section:
    """`asr` with `asr_ci` and `asr_bounds`, `sri` with `sri_ci`, `n`, and the agreement of the first sealed ballots.

    `asr_ci` draws the clusters of the decided cases, `sri_ci` those of the rated ones.
    """
    decided = [one for one in cases if one.verdict.outcome.state == "decided"]
    rated = [] if sri(cases, rubric) is None else [one for one in cases if one.verdict.rating is not None]
    highest = rubric.rating.high if rubric.rating else 1
    return {
        "asr": asr(cases),
        "asr_ci": mean_ci(decided, lambda one: 100.0 * (one.verdict.positive is True), draw),
        "asr_bounds": asr_bounds(cases),
        "sri": sri(cases, rubric),
        "sri_ci": mean_ci(rated, lambda one: 100 * (one.verdict.rating or 0.0) / highest, draw),
        "n": len(cases),
        **agreement(cases, rubric),
    }
