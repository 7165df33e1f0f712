"""What an experiment compares: the judged cases of an arm, or of one sort within the only arm."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from benchmarks.experiments.arms import Arm, Design, Split
from benchmarks.experiments.folders import ARMS
from benchmarks.metrics import Judged
from benchmarks.metrics.headlines import FIGURES
from benchmarks.metrics.measures import MEASURES, digits_of, in_words, titled
from benchmarks.metrics.rates import rates
from benchmarks.metrics.rubric_kind import Direction
from benchmarks.results import Results
from jury.records import Rubric

#: How a group of a split stands in a sentence.
_SAID = {"language": "requests in the language {}", "technique": "requests by the technique {}"}


@dataclass(frozen=True)
class Sample:
    """Judged cases under a name; `run` and `folder` are those of the run that they are from."""

    name: str
    said: str
    judged: tuple[Judged, ...]
    rubric: Rubric
    run: str
    folder: str
    rehearsal: bool
    place: float | None = None
    series: str = ""

    @cached_property
    def figures(self) -> dict[str, Any]:
        """The figures of the rubric with intervals and bounds, and how the cases ended: as in the results of the run."""
        return rates(self.judged, self.rubric)

    def document(self) -> dict[str, Any]:
        """The sample as JSON can hold it."""
        place = {} if self.place is None else {"place": self.place, "series": self.series}
        told = {"name": self.name, "run": self.run, "folder": self.folder, "rehearsal": self.rehearsal}
        return {**told, **place, **self.figures}


@dataclass(frozen=True)
class Compared:
    """A figure that samples are compared by: its measure, what it is called, its unit, and which end is better.

    `said` is what it is called within a sentence, `axis` its lowest and its highest value.
    """

    measure: str
    label: str
    heading: str
    said: str
    unit: str
    direction: Direction | None
    axis: tuple[float, float]

    @property
    def title(self) -> str:
        """The label with the unit, and the end that is better."""
        return titled(self.label, self.unit, self.direction)

    @property
    def digits(self) -> int:
        """Decimal places that are shown."""
        return digits_of(self.unit)

    def document(self) -> dict[str, Any]:
        """The figure as JSON can hold it."""
        return {**asdict(self), "axis": list(self.axis)}


def compared_by(results: Results) -> tuple[Compared, ...]:
    """The figures that head the results of the first arm, the one that ranks first."""
    names = dict.fromkeys(FIGURES[one.name].measure for one in results.headlines)
    return tuple(_compared(name, results.rubric) for name in names)


def _compared(name: str, rubric: Rubric) -> Compared:
    measure = MEASURES.get(name)
    return Compared(
        measure=name,
        label=measure.label_under(rubric),
        heading=in_words(measure.heading, rubric),
        said=in_words(measure.said, rubric),
        unit=measure.unit,
        direction=measure.direction(rubric),
        axis=measure.axis,
    )


def samples_of(design: Design, results: Sequence[Results]) -> tuple[Sample, ...]:
    """A sample for each arm, or for each group of the only one, the baseline first."""
    samples = [_of_arm(arm, found) for arm, found in zip(design.arms, results, strict=True)]
    return tuple(samples) if design.split is None else tuple(_groups(samples[0], design.split))


def _of_arm(arm: Arm, results: Results) -> Sample:
    return Sample(
        name=arm.name,
        said=arm.said or arm.name,
        judged=tuple(results.judged()),
        rubric=results.rubric,
        run=str(results.document["run"]),
        folder=f"{ARMS}/{results.folder.name}",
        rehearsal=bool(results.document["rehearsal"]),
        place=arm.place,
        series=arm.series,
    )


def _groups(whole: Sample, split: Split) -> Iterator[Sample]:
    """The cases by what they are; those of which it is not said are left out."""
    names = {str(getattr(one.facts, split.sort)) for one in whole.judged} - {""}
    for name in sorted(names, key=lambda name: (name != split.first, name)):
        judged = tuple(one for one in whole.judged if getattr(one.facts, split.sort) == name)
        said = _SAID[split.sort].format(name)
        yield replace(whole, name=name, said=said, judged=judged)
