"""All figures of a run."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from benchmarks.metrics.blocked import blocked_section, counted, cut_short, without_blocked
from benchmarks.metrics.intervals import Draw
from benchmarks.metrics.judged import Judged
from benchmarks.metrics.registry import METRICS
from benchmarks.metrics.ties import clusters
from jury.records import Rubric
from jury.reliability.bootstrap import RESAMPLES


def figures(judged: Iterable[Judged], rubric: Rubric, *, resamples: int = RESAMPLES, seed: int = 0) -> dict[str, Any]:
    """Every registered metric that applies, as one JSON object of sections under the metrics' names.

    Cases that are kept apart are in no metric. `blocked` counts them, as it does all that a content filter blocked.
    """
    cases = clustered(judged)
    draw, heard = Draw(resamples, seed), counted(cases)
    sections = {name: METRICS.get(name)(heard, rubric, draw) for name in METRICS}
    found = {name: section for name, section in sections.items() if section is not None}
    found["counts"] = {**found["counts"], "cases": len(cases), **cut_short(cases)}
    blocked = blocked_section(cases)
    if blocked is not None:
        found["metrics"] = {**found["metrics"], **without_blocked(cases, rubric)}
        found["counts"]["blocked"] = blocked["cases"]
        found["blocked"] = blocked
    return found


def clustered(judged: Iterable[Judged]) -> list[Judged]:
    """The cases in the order of their ids, each with the cluster that its ties with all the others put it in."""
    by_id = {one.verdict.case_id: one for one in judged}
    names = clusters({case_id: one.facts.ties for case_id, one in by_id.items()})
    return [replace(by_id[case_id], cluster=names[case_id]) for case_id in sorted(by_id)]
