"""Whatever else the results state with an interval, so that a new metric needs no place of its own in a report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.metrics.headlines import FIGURES
from benchmarks.metrics.measures import MEASURES, better_end, digits_of, in_words
from benchmarks.report.archive import Archive
from benchmarks.report.naming import spelt
from benchmarks.report.section import SECTIONS, Section
from jury.records import Rubric

#: Parts of the results that have a section of their own.
SHOWN_ELSEWHERE = frozenset({"metrics", "headlines", "panel", "jurors", "by_scenario"})

#: So many figures are listed of each run.
LISTED = 80


@dataclass(frozen=True)
class Figure:
    """One figure with its interval and its bounds, written with so many digits."""

    name: str
    value: float | None
    interval: tuple[float, float] | None
    bounds: tuple[float, float] | None
    digits: int


@dataclass(frozen=True)
class Further:
    """One run's further figures, named by where they stand in its results."""

    label: str
    figures: tuple[Figure, ...]
    unlisted: int


@SECTIONS.add("further")
class FurtherSection(Section):
    """Means of categories, grades, refusals, pairs: what the suite and the rubric give rise to."""

    title = "Further figures"
    place = 35

    def view(self) -> tuple[Further, ...] | None:
        """The further figures of every run that has some; None where none has."""
        return tuple(found for run in self.runs if (found := _further(run)).figures) or None


def _further(run: Archive) -> Further:
    parts = {name: part for name, part in run.document.items() if name not in SHOWN_ELSEWHERE}
    figures = (*_pooled(run), *_figures("", parts, run.jury.rubric))
    return Further(run.label, figures[:LISTED], len(figures[LISTED:]))


def _pooled(run: Archive) -> Iterator[Figure]:
    """The figures over all cases that do not head the run, such as the ASR where its mean over categories does."""
    shown = {one.name for one in run.headlines}
    names = (name for name, one in FIGURES.items() if one.section == "metrics" and name not in shown)
    part = run.document["metrics"]
    for name in names:
        if f"{name}_ci" in part and not _is_about_nothing(name, part):
            yield _figure("all cases", name, part, run.jury.rubric)


def _figures(name: str, part: Mapping[str, Any], rubric: Rubric) -> Iterator[Figure]:
    """Every figure in a part of the results: what has an interval beside it, at any depth; none that counts no case."""
    for key, value in part.items():
        if isinstance(value, dict):
            yield from _figures(f"{name}, {spelt(key)}" if name else spelt(key), value, rubric)
        elif f"{key}_ci" in part and not _is_about_nothing(key, part):
            yield _figure(name, key, part, rubric)


def _is_about_nothing(key: str, part: Mapping[str, Any]) -> bool:
    """Whether a figure counts no case; one whose cases nobody counted, such as the SRI of a rubric without ratings, has no value then."""
    counted = part.get(f"{key}_n")
    return counted == 0 or (counted is None and part[key] is None and key in tuple(MEASURES))


def _figure(name: str, key: str, part: Mapping[str, Any], rubric: Rubric) -> Figure:
    """One figure under the path of its section, in the words of its measure where it is one."""
    measure = MEASURES.get(key) if key in tuple(MEASURES) else None
    words = spelt(key) if measure is None else in_words(measure.heading, rubric)
    better = better_end(measure.direction(rubric)) if measure else ""
    path = f"{name}, {words}" if name else words
    return Figure(
        f"{path} ({better})" if better else path,
        part[key],
        _pair(part[f"{key}_ci"]),
        _pair(part.get(f"{key}_bounds")),
        digits_of(measure.unit if measure else "share"),
    )


def _pair(values: list[float] | None) -> tuple[float, float] | None:
    return (values[0], values[1]) if values else None
