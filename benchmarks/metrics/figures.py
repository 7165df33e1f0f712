"""All figures of a run."""

from collections.abc import Iterable
from typing import Any

from benchmarks.metrics.intervals import Draw
from benchmarks.metrics.judged import Judged
from benchmarks.metrics.registry import METRICS
from jury.records import Rubric
from jury.reliability.bootstrap import RESAMPLES


def figures(judged: Iterable[Judged], rubric: Rubric, *, resamples: int = RESAMPLES, seed: int = 0) -> dict[str, Any]:
    """Every registered metric that applies, as one JSON object of sections under the metrics' names."""
    cases = sorted(judged, key=lambda one: one.verdict.case_id)
    draw = Draw(resamples, seed)
    sections = {name: METRICS.get(name)(cases, rubric, draw) for name in METRICS}
    return {name: section for name, section in sections.items() if section is not None}
