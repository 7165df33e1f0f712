"""Whatever else the results state with an interval, so that a new metric needs no place of its own in a report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.report.archive import Archive
from benchmarks.report.naming import spelt
from benchmarks.report.section import SECTIONS, Section

#: Parts of the results that have a section of their own.
SHOWN_ELSEWHERE = frozenset({"metrics", "panel", "jurors", "by_scenario"})

#: Figures in percent; all others lie between 0 and 1.
PERCENT = frozenset({"asr", "sri"})

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
    figures = tuple(_figures("", parts))
    return Further(run.label, figures[:LISTED], len(figures[LISTED:]))


def _figures(name: str, part: Mapping[str, Any]) -> Iterator[Figure]:
    """Every figure in a part of the results: what has an interval beside it, at any depth."""
    for key, value in part.items():
        path = f"{name}, {spelt(key)}" if name else spelt(key)
        if isinstance(value, dict):
            yield from _figures(path, value)
        elif f"{key}_ci" in part:
            yield Figure(
                path, value, _pair(part[f"{key}_ci"]), _pair(part.get(f"{key}_bounds")), 1 if key in PERCENT else 3
            )


def _pair(values: list[float] | None) -> tuple[float, float] | None:
    return (values[0], values[1]) if values else None
