"""Where answers go wrong: the attack success rate of every target in every scenario."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from benchmarks.report.archive import Archive, Heard
from benchmarks.report.charts import Cell, grid
from benchmarks.report.naming import model_name, number, spelt
from benchmarks.report.section import SECTIONS, Section, Wishes
from benchmarks.report.texts import one_line
from jury.records import Verdict

#: More scenarios than this give way to categories, if the cases name some; so many rows are drawn at the most.
ROWS = 40

#: So many targets are drawn at the most.
COLUMNS = 30

EVERYTHING = "all cases"

#: A target within a run: the run's label, the target's name.
Key = tuple[str, str]


@dataclass
class Tally:
    """Counts of some cases."""

    cases: int = 0
    decided: int = 0
    positive: int = 0

    def add(self, verdict: Verdict) -> None:
        """Count one more case."""
        self.cases += 1
        self.decided += verdict.outcome.state == "decided"
        self.positive += verdict.positive is True


@dataclass(frozen=True)
class Rate:
    """The attack success rate of some cases in percent; None where none was decided."""

    asr: float | None
    decided: int
    cases: int


@dataclass(frozen=True)
class HeatMap:
    """Rates by row and column; columns are letters, which `legend` spells out as (letter, target)."""

    by: str
    legend: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[Rate, ...]], ...]
    left_out: tuple[int, int]
    chart: Markup


@SECTIONS.add("heat")
class HeatSection(Section):
    """A heat map target × scenario, or × category where scenarios are too many to read."""

    title = "Target × scenario"
    place = 30

    def __init__(self, runs: Sequence[Archive], wishes: Wishes) -> None:
        super().__init__(runs, wishes)
        self._scenarios: dict[Key, dict[str, Tally]] = {}
        self._categories: dict[Key, dict[str, Tally]] = {}

    def hear(self, heard: Heard) -> None:
        """Count a case for its target, in its scenario and in its category."""
        key = (heard.run.label, heard.verdict.target)
        category = heard.case.metadata.get("category")
        for counted, name in ((self._scenarios, heard.case.scenario), (self._categories, category)):
            rows = counted.setdefault(key, defaultdict(Tally))
            rows[EVERYTHING].add(heard.verdict)
            if isinstance(name, str) and name:
                rows[name].add(heard.verdict)

    def view(self) -> HeatMap | None:
        """Rates of all cases first, then by name; None without a verdict."""
        scenarios, categories = _names(self._scenarios), _names(self._categories)
        by_category = len(scenarios) > ROWS and len(categories) > 0
        counted, names = (self._categories, categories) if by_category else (self._scenarios, scenarios)
        return _heat_map("category" if by_category else "scenario", counted, names) if counted else None


def _names(counted: Mapping[Key, Mapping[str, Tally]]) -> list[str]:
    return sorted({name for rows in counted.values() for name in rows} - {EVERYTHING})


def _heat_map(by: str, counted: Mapping[Key, Mapping[str, Tally]], names: Sequence[str]) -> HeatMap:
    keys = list(counted)[:COLUMNS]
    heads = _heads(keys)
    drawn = [EVERYTHING, *names[:ROWS]]
    rows = tuple((name, tuple(_rate(counted[key].get(name, Tally())) for key in keys)) for name in drawn)
    cells = [(one_line(spelt(name)), [_cell(rate) for rate in rates]) for name, rates in rows]
    return HeatMap(
        by=by,
        legend=tuple((heads[key], _target(key)) for key in keys),
        rows=tuple((spelt(name), rates) for name, rates in rows),
        left_out=(len(names[ROWS:]), len(counted) - len(keys)),
        chart=grid(f"Attack success rate in percent, by target and {by}", list(heads.values()), cells),
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


def _rate(tally: Tally) -> Rate:
    asr = 100 * tally.positive / tally.decided if tally.decided else None
    return Rate(asr, tally.decided, tally.cases)


def _cell(rate: Rate) -> Cell:
    return Cell(number(rate.asr, 0), None if rate.asr is None else rate.asr / 100)
