"""Where answers go wrong: the figures that head the runs, for every target in every scenario."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from benchmarks.metrics import Facts, Judged
from benchmarks.metrics.headlines import measures_of
from benchmarks.metrics.measures import MEASURES, Measure, share_of_axis, titled, values_of
from benchmarks.metrics.rubric_kind import Direction
from benchmarks.report.archive import Archive, Heard
from benchmarks.report.charts import Cell, grid
from benchmarks.report.charts.grid import badness, palette_for
from benchmarks.report.naming import model_name, number, spelt
from benchmarks.report.section import SECTIONS, Section, Wishes
from benchmarks.report.texts import one_line
from jury.records import Rubric

#: More scenarios than this give way to categories, if the cases name some; so many rows are drawn at the most.
ROWS = 40

#: So many targets are drawn at the most.
COLUMNS = 30

EVERYTHING = "all cases"

#: A target within a run: the run's label, the target's name.
Key = tuple[str, str]


@dataclass
class Tally:
    """A mean in the making: the cases that it is about, those with a value, and their sum."""

    cases: int = 0
    decided: int = 0
    total: float = 0.0

    def add(self, value: float | None) -> None:
        """Count one more case, None for one that has no value."""
        self.cases += 1
        if value is not None:
            self.decided += 1
            self.total += value

    @property
    def mean(self) -> float | None:
        """The mean over the cases with a value, None without one."""
        return self.total / self.decided if self.decided else None


@dataclass(frozen=True)
class Measured:
    """A measure as a map shows it: its title with the end that is better."""

    name: str
    title: str
    better: Direction | None

    @property
    def measure(self) -> Measure:
        """The measure of the cases."""
        return MEASURES.get(self.name)

    @property
    def percent(self) -> bool:
        """Whether its values are in percent."""
        return self.measure.unit == "percent"

    @property
    def digits(self) -> int:
        """Decimal places of a cell."""
        return 0 if self.percent else 2


@dataclass(frozen=True)
class HeatMap:
    """One measure by row and column; columns are letters, which `legend` spells out as (letter, target)."""

    of: Measured
    by: str
    legend: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[Tally, ...]], ...]
    left_out: tuple[int, int]
    chart: Markup


#: Tallies by target, then by row.
Counted = dict[Key, dict[str, Tally]]


@dataclass
class _Map:
    """What is counted for one measure; `shows_some` if it is the first that counts some case."""

    scenarios: Counted = field(default_factory=dict)
    categories: Counted = field(default_factory=dict)
    shows_some: bool = False

    def add(self, key: Key, heard: Heard, value: float | None) -> None:
        """Count a case for its target, in its scenario and in its category."""
        category = heard.case.metadata.get("category")
        for counted, name in ((self.scenarios, heard.case.scenario), (self.categories, category)):
            rows = counted.setdefault(key, defaultdict(Tally))
            rows[EVERYTHING].add(value)
            if isinstance(name, str) and name:
                rows[name].add(value)


@SECTIONS.add("heat")
class HeatSection(Section):
    """Heat maps target × scenario, or × category where scenarios are too many to read.

    There are as many maps as it takes to show every case once: harmless and harmful requests have one each.
    """

    title = "Target × scenario"
    place = 30

    def __init__(self, runs: Sequence[Archive], wishes: Wishes) -> None:
        super().__init__(runs, wishes)
        self._maps: dict[Measured, _Map] = {}

    def hear(self, heard: Heard) -> None:
        """Count a case for every measure that it counts for."""
        run, rubric = heard.run, heard.run.jury.rubric
        judged = Judged(heard.verdict, None, Facts.of(heard.case, run.suite))
        for place, (name, value) in enumerate(values_of(measures_of(run.headline_names), judged, rubric)):
            counted = self._maps.setdefault(_measured(name, rubric), _Map())
            counted.shows_some |= place == 0
            counted.add((run.label, heard.verdict.target), heard, value)

    def view(self) -> tuple[HeatMap, ...] | None:
        """The maps, each with all cases first, then by name; None without a verdict."""
        return tuple(_heat_map(of, counted) for of, counted in self._maps.items() if counted.shows_some) or None


def _measured(name: str, rubric: Rubric) -> Measured:
    measure = MEASURES.get(name)
    better = measure.direction(rubric)
    return Measured(name, titled(measure.label_under(rubric), measure.unit, better), better)


def _names(counted: Counted) -> list[str]:
    return sorted({name for rows in counted.values() for name in rows} - {EVERYTHING})


def _heat_map(of: Measured, found: _Map) -> HeatMap:
    scenarios, categories = _names(found.scenarios), _names(found.categories)
    by_category = len(scenarios) > ROWS and len(categories) > 0
    counted, names = (found.categories, categories) if by_category else (found.scenarios, scenarios)
    by = "category" if by_category else "scenario"
    keys = list(counted)[:COLUMNS]
    heads = _heads(keys)
    drawn = [EVERYTHING, *names[:ROWS]]
    rows = tuple((name, tuple(counted[key].get(name, Tally()) for key in keys)) for name in drawn)
    cells = [(one_line(spelt(name)), [_cell(one, of) for one in tallies]) for name, tallies in rows]
    return HeatMap(
        of=of,
        by=by,
        legend=tuple((heads[key], _target(key)) for key in keys),
        rows=tuple((spelt(name), tallies) for name, tallies in rows),
        left_out=(len(names[ROWS:]), len(counted) - len(keys)),
        chart=grid(f"{of.title}, by target and {by}", list(heads.values()), cells, palette_for(of.better)),
    )


def _heads(keys: Sequence[Key]) -> dict[Key, str]:
    """Columns by the run's letter, numbered where a run holds answers of several targets."""
    targets: dict[str, list[Key]] = defaultdict(list)
    for key in keys:
        targets[key[0]].append(key)
    return {
        key: label if len(group) == 1 else f"{label}{place}"
        for label, group in targets.items()
        for place, key in enumerate(group, start=1)
    }


def _target(key: Key) -> str:
    return model_name(key[1]) if key[1] else "recorded answers"


def _cell(tally: Tally, of: Measured) -> Cell:
    share = None if tally.mean is None else share_of_axis(tally.mean, of.measure)
    return Cell(number(tally.mean, of.digits), badness(share, of.better))
