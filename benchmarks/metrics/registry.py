"""Metrics by name. A metric is one pure function from judged cases to one section of a run's results, or None."""

from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.metrics.intervals import Draw
from benchmarks.metrics.judged import Judged
from jury.records import Rubric
from jury.registry import Registry

Section = dict[str, Any]
Metric = Callable[[Sequence[Judged], Rubric, Draw], Section | None]

#: Other distributions add theirs through the entry-point group `multimodal_jury.metric`.
METRICS: Registry[Metric] = Registry("metric")


def metric(name: str) -> Callable[[Metric], Metric]:
    """Register a metric under the name of its section in `results.json`.

    The function gets the cases in the order of their ids, the rubric they were judged by, and how its intervals are
    drawn. It gives what JSON can hold, without NaN, or None where it does not apply: the section is left out then.
    """
    return METRICS.add(name)
