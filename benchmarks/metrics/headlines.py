"""Which figures head a run's results, in which words, and which end of each is better.

A suite names its headlines; data without a suite, and a suite under another rubric than its own, have those of the rubric's
kind. Everything that prints or ranks runs reads them from here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.metrics.measures import MEASURES, Measure, Unit, better_end, digits_of, titled
from benchmarks.metrics.rubric_kind import Direction, Kind, kind_of
from jury.errors import InputError
from jury.records import Rubric
from jury.stats.estimates import FEW_CLUSTERS

Section = Mapping[str, Any]


@dataclass(frozen=True)
class Figure:
    """A figure of a whole run: the section of `results.json` that holds it under the name of its `measure`.

    `mean` says of what it is a mean, empty for a figure over all cases.
    """

    name: str
    section: str
    measure: str
    mean: str = ""

    @property
    def made_of(self) -> Measure:
        """The measure of the cases."""
        return MEASURES.get(self.measure)

    @property
    def heading(self) -> str:
        """The head of a column."""
        return f"AVG {self.made_of.heading}" if self.mean else self.made_of.heading

    def label_under(self, rubric: Rubric) -> str:
        """The figure in words."""
        return f"{self.mean}: {self.made_of.label_under(rubric)}" if self.mean else self.made_of.label_under(rubric)


_CATEGORIES, _DIMENSIONS = "mean of categories", "mean of five dimensions"

#: Every figure that can head a run's results, by name.
FIGURES = {
    one.name: one
    for one in (
        Figure("asr", "metrics", "asr"),
        Figure("sri", "metrics", "sri"),
        Figure("share", "metrics", "share"),
        Figure("full_refusal", "metrics", "full_refusal"),
        Figure("over_refusal", "metrics", "over_refusal"),
        Figure("refusal", "metrics", "refusal"),
        Figure("avg_asr", "category_mean", "asr", _CATEGORIES),
        Figure("avg_sri", "category_mean", "sri", _CATEGORIES),
        Figure("avg_asd", "dimension_mean", "asd", _DIMENSIONS),
        Figure("avg_par", "dimension_mean", "par", _DIMENSIONS),
        Figure("asd", "grades", "asd"),
        Figure("par", "grades", "par"),
    )
}

#: What counts the cases of a figure, where no `…_n` does: a rating is there or not, decided or undecided.
_COUNTS = {"sri": ("rated",)}

#: What counts the cases with a value, where no `…_of` does.
_VALUES = {"sri": ("rated",), "asd": ("decided",), "par": ("decided",)}

#: The headlines of each kind of rubric, the one that ranks first.
BY_KIND: dict[Kind, tuple[str, ...]] = {
    "harm": ("asr", "sri"),
    "grades": ("avg_asd", "avg_par", "asd", "par"),
    "refusal": ("over_refusal", "asr", "refusal"),
    "own": ("share",),
}


@dataclass(frozen=True)
class Headline:
    """A figure that heads a run's results, as `results.json` holds it.

    `value`, `interval` (95 %) and `bounds` (over all cases that count, decided or not) are None where they can't be had; `n`
    counts those cases, `of` those among them that have a value, the figure's denominator, and `clusters` the clusters that these lie in (None: not stated). Values in the unit `percent`, and those of an `index`, lie between 0 and 100, a `share` between 0 and 1.
    """

    name: str
    label: str
    value: float | None
    interval: tuple[float, float] | None
    bounds: tuple[float, float] | None
    n: int
    unit: Unit
    direction: Direction | None
    of: int | None = None
    clusters: int | None = None

    @classmethod
    def read(cls, written: Section) -> "Headline":
        """The headline in an entry of `results.json`."""
        interval, bounds = (tuple(written[key]) if written[key] else None for key in ("ci", "bounds"))
        plain = ("name", "label", "value", "n", "unit", "direction")
        return cls(
            **{name: written[name] for name in plain},
            interval=interval,
            bounds=bounds,
            of=written.get("of"),
            clusters=written.get("clusters"),
        )

    def document(self) -> dict[str, Any]:
        """The headline as JSON can hold it."""
        return {
            "name": self.name,
            "label": self.label,
            "value": self.value,
            "ci": list(self.interval) if self.interval else None,
            "bounds": list(self.bounds) if self.bounds else None,
            "n": self.n,
            "of": self.of,
            "clusters": self.clusters,
            "unit": self.unit,
            "direction": self.direction,
        }

    @property
    def digits(self) -> int:
        """Decimal places that are shown."""
        return digits_of(self.unit)

    @property
    def denominator(self) -> str:
        """Of how many cases it is, in words, and of how few clusters; empty where that is not stated."""
        if self.of is None:
            return ""
        few = self.interval and self.clusters is not None and self.clusters < FEW_CLUSTERS
        return f"of {self.of:,} {'rated' if self.unit == 'index' else 'decided'}{f', {self.clusters} clusters only' if few else ''}"

    @property
    def title(self) -> str:
        """The label with the unit, and the end that is better."""
        return titled(self.label, self.unit, self.direction)

    @property
    def measure(self) -> Measure:
        """What it is made of, case by case."""
        return FIGURES[self.name].made_of

    @property
    def better(self) -> str:
        """Which end is better, in words; empty where nothing says it."""
        return better_end(self.direction)


def headline_names(rubric: Rubric, own_rubric: str | None, declared: Sequence[str]) -> tuple[str, ...]:
    """The headlines of a run under a rubric: those that its cases have `declared`, if the rubric is their own.

    Raises `InputError` for a declared figure that does not exist.
    """
    kind = kind_of(rubric)
    if not declared or kind == "own" or rubric.name != own_rubric:
        return BY_KIND[kind]
    if strays := [name for name in declared if name not in FIGURES]:
        raise InputError(f"headline {strays[0]!r} of a suite is not known; known: {', '.join(sorted(FIGURES))}")
    return tuple(declared)


def headlines_of(document: Section, rubric: Rubric, names: Iterable[str]) -> tuple[Headline, ...]:
    """The headlines by these names that a run's sections have, in order; those without a single case that counts are left out.

    Where all would be left out the first stays, without a value.
    """
    found = [_headline(FIGURES[name], document, rubric) for name in names]
    told = tuple(one for one in found if one is not None)
    return tuple(one for one in told if one.n) or told[:1]


def measures_of(names: Iterable[str]) -> tuple[str, ...]:
    """What headlines by these names are made of, case by case, each measure once, in their order."""
    return tuple(dict.fromkeys(FIGURES[name].measure for name in names))


def _headline(figure: Figure, document: Section, rubric: Rubric) -> Headline | None:
    section, key = document.get(figure.section), figure.measure
    if not isinstance(section, Mapping) or key not in section:
        return None
    interval, bounds = section.get(f"{key}_ci"), section.get(f"{key}_bounds")
    return Headline(
        name=figure.name,
        label=figure.label_under(rubric),
        value=section[key],
        interval=tuple(interval) if interval else None,
        bounds=tuple(bounds) if bounds else None,
        n=next((section[name] for name in (f"{key}_n", *_COUNTS.get(key, ()), "n") if name in section), 0),
        unit=figure.made_of.unit,
        direction=figure.made_of.direction(rubric),
        of=next((section[name] for name in (f"{key}_of", *_VALUES.get(key, ())) if name in section), None),
        clusters=section.get(f"{key}_clusters"),
    )
