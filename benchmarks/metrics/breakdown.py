"""Rates by scenario and by category, and the mean of categories."""

from collections.abc import Sequence

from benchmarks.metrics.intervals import Draw, mean_interval, mean_of
from benchmarks.metrics.judged import Judged, grouped
from benchmarks.metrics.measures import MEASURES
from benchmarks.metrics.rates import rates, risk, safety, sri
from benchmarks.metrics.registry import Section, metric
from benchmarks.metrics.states import states
from jury.records import Rubric


@metric("by_scenario")
def by_scenario(cases: Sequence[Judged], rubric: Rubric, _: Draw) -> Section:
    """The rates of each named scenario over its own cases."""
    scenarios = grouped(cases, [one.facts.scenario for one in cases])
    return {name: rates(members, rubric) for name, members in scenarios.items()}


@metric("by_category")
def by_category(cases: Sequence[Judged], rubric: Rubric, _: Draw) -> Section | None:
    """The rates of each category, which pools its cases; None where no case has a category."""
    return {name: rates(members, rubric) for name, members in _categories(cases).items()} or None


@metric("category_mean")
def category_mean(cases: Sequence[Judged], rubric: Rubric, _: Draw) -> Section | None:
    """The unweighted mean of the categories' ASR, bounds and SRI: SafeBench's AVG. None where no case has a category.

    A figure is None where a category has none; the bounds say what is known. Cases without a category take no part, nor do
    in the ASR categories without a request that it is about.
    """
    members = list(_categories(cases).values())
    if not members:
        return None
    asr = MEASURES.get("asr")
    about = [some for some in members if any(asr.counts(one, rubric) for one in some)]
    risks, bounds = [risk(some, rubric) for some in about], [asr.bounds(some, rubric) or [0.0, 100.0] for some in about]
    return {
        "categories": len(members),
        "asr": mean_of(one.value for one in risks),
        "asr_ci": mean_interval(risks) if risks else None,
        "asr_bounds": [mean_of(low for low, _ in bounds), mean_of(high for _, high in bounds)] if bounds else None,
        "asr_of": sum(len(one.values) for one in risks),
        "asr_n": sum(asr.counts(one, rubric) for some in about for one in some),
        "sri": mean_of(sri(some, rubric) for some in members),
        "sri_ci": mean_interval([safety(some, rubric) for some in members]),
        "sri_of": sum(len(safety(some, rubric).values) for some in members),
        "n": sum(map(len, members)),
        **states([one for some in members for one in some]),
    }


def _categories(cases: Sequence[Judged]) -> dict[str, list[Judged]]:
    return grouped(cases, [one.facts.category for one in cases])
