"""All figures of a run."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from benchmarks.metrics.intervals import Draw
from benchmarks.metrics.judged import Judged
from benchmarks.metrics.registry import METRICS
from benchmarks.metrics.ties import clusters
from jury.records import Rubric
from jury.reliability.bootstrap import RESAMPLES


def figures(judged: Iterable[Judged], rubric: Rubric, *, resamples: int = RESAMPLES, seed: int = 0) -> dict[str, Any]:
    """Every registered metric that applies, as one JSON object of sections under the metrics' names."""
    cases = clustered(judged)
    draw = Draw(resamples, seed)
    sections = {name: METRICS.get(name)(cases, rubric, draw) for name in METRICS}
    return {name: section for name, section in sections.items() if section is not None}


def clustered(judged: Iterable[Judged]) -> list[Judged]:
    """The cases in the order of their ids, each with the cluster that its ties with all the others put it in."""
    by_id = {one.verdict.case_id: one for one in judged}
    names = clusters({case_id: one.facts.ties for case_id, one in by_id.items()})
    return [replace(by_id[case_id], cluster=names[case_id]) for case_id in sorted(by_id)]
