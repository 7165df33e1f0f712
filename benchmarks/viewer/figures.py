"""What a run comes to so far: from its results where it is finished, else from the index, which says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.exhibit_counts import MARK, asked_without
from benchmarks.metrics.blocked import Without, figures_without
from benchmarks.metrics.headlines import Headline, measures_of
from benchmarks.metrics.measures import MEASURES, Unit, share_of_axis, titled
from benchmarks.report.charts.grid import Palette, badness, palette_for
from benchmarks.results import RESULTS, Results
from benchmarks.viewer.index import Index
from benchmarks.viewer.places import RunPlace
from jury.records import Rubric
from jury.stats.means import estimate_mean

Interval = tuple[float, float] | None

#: Bars of a histogram over values from 0 to 1.
BINS = 10

#: The most rows and columns that a heat map shows; the rest are told of in a line.
MOST_ROWS, MOST_COLUMNS = 60, 12


@dataclass(frozen=True)
class Figures:
    """A run's figures. While a run goes on (`final` is False) its headlines are means over the cases judged so far, never means
    of categories, and their intervals take cases as independent of each other.
    """

    cases: int
    heard: int
    final: bool
    rehearsal: bool
    headlines: tuple[Headline, ...]
    hung: int
    no_quorum: int
    invalid: int
    changed: int
    cost: float | None
    seconds: float
    calls: int
    document: dict[str, Any]
    without_blocked: tuple[Without, ...] = ()

    @property
    def mark(self) -> str:
        """What stands beside the figures of a run whose target was asked about cases without their exhibits."""
        return MARK if asked_without(self.document) else ""


@dataclass(frozen=True)
class HeatCell:
    """One scenario under one target: the mean over the `decided` of the `counted` cases, None where none is decided.

    `shade` is how bad it is, from 0 to 1, or how high where nothing says which end is better.
    """

    scenario: str
    target: str
    value: float | None = None
    shade: float | None = None
    decided: int = 0
    counted: int = 0


@dataclass(frozen=True)
class Heat:
    """A figure by scenario and target; `left_out` are scenarios beyond the most that are shown."""

    title: str
    unit: Unit
    digits: int
    palette: Palette
    targets: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    left_out: int


@dataclass(frozen=True)
class Bar:
    """Some cases: how many, their share of the fullest bar (0 to 1), and the query that lists them."""

    name: str
    cases: int
    share: float
    query: dict[str, str]


def figures_of(run: RunPlace, index: Index) -> Figures:
    """The figures of a run. Raises `InputError` where its results are damaged."""
    counted = index.once("counts", lambda: _counted(index))
    results = Results.read(run.folder) if (run.folder / RESULTS).exists() else None
    if results is not None and counted["heard"] == results.document["counts"]["cases"]:
        return _final(counted, results)
    return Figures(
        cases=counted["cases"],
        heard=counted["heard"],
        final=False,
        rehearsal=bool(counted["rehearsal"]),
        headlines=index.once("headlines", lambda: _so_far(run, index)),
        document={},
        **_shared(counted),
    )


def heats_of(run: RunPlace, index: Index) -> tuple[Heat, ...]:
    """The measures behind a run's headlines by scenario and target, both sorted: as many as it takes to show every case once."""
    firsts = {row["measure"] for row in index.rows("SELECT DISTINCT measure FROM measured WHERE first = 1")}
    names = [name for name in measures_of(run.headline_names) if name in firsts]
    return tuple(_heat(name, run.jury.rubric, index) for name in names)


def _heat(name: str, rubric: Rubric, index: Index) -> Heat:
    """One measure by scenario and target; cases without a scenario stand under an empty name."""
    query = (
        "SELECT scenario, target, avg(value) AS value, count(value) AS decided, count(*) AS counted FROM measured "
        "JOIN cases USING (number) WHERE measure = ? GROUP BY scenario, target"
    )
    measure = MEASURES.get(name)
    better = measure.direction(rubric)
    cells: dict[tuple[str, str], HeatCell] = {}
    for row in index.rows(query, (name,)):
        value = row["value"]
        shade = None if value is None else badness(share_of_axis(value, measure), better)
        cells[row["scenario"], row["target"]] = HeatCell(**row, shade=shade)
    targets = tuple(sorted({target for _, target in cells}))[:MOST_COLUMNS]
    shown = [
        (one, tuple(cells.get((one, target), HeatCell(one, target)) for target in targets))
        for one in sorted({scenario for scenario, _ in cells})
    ]
    return Heat(
        title=titled(measure.label_under(rubric), measure.unit, better),
        unit=measure.unit,
        digits=0 if measure.unit == "percent" else 2,
        palette=palette_for(better),
        targets=targets,
        rows=tuple(shown[:MOST_ROWS]),
        left_out=max(0, len(shown) - MOST_ROWS),
    )


def states_of(index: Index) -> tuple[Bar, ...]:
    """How trials ended: by choice where they were decided, else by state."""
    query = (
        "SELECT state, choice, count(*) AS cases FROM cases GROUP BY state, choice ORDER BY cases DESC, state, choice"
    )
    rows = index.rows(query)
    return _bars([(row["choice"] or row["state"], row["cases"], _ended_so(row)) for row in rows])


def spread_of(index: Index, column: str) -> tuple[Bar, ...]:
    """How margins or disagreements, from 0 to 1, are spread over the cases heard; the last bar holds 1 itself."""
    query = (
        f"SELECT min(CAST({column} * {BINS} + 1e-9 AS INTEGER), {BINS - 1}) AS bin, count(*) AS cases FROM cases "
        f"WHERE {column} IS NOT NULL GROUP BY bin"
    )
    found = {row["bin"]: row["cases"] for row in index.rows(query)}
    return _bars([(_span(at), found.get(at, 0), _between(column, at)) for at in range(BINS)] if found else [])


def ratings_of(index: Index, low: int, high: int) -> tuple[Bar, ...]:
    """How mean ratings are spread, in steps of one."""
    query = "SELECT CAST(rating AS INTEGER) AS bin, count(*) AS cases FROM cases WHERE rating IS NOT NULL GROUP BY bin"
    found = {row["bin"]: row["cases"] for row in index.rows(query)}
    steps = [
        (
            str(at) if at == high else f"{at}–{at + 1}",
            found.get(at, 0),
            {"rating_from": str(at), "rating_below": str(at + 1)},
        )
        for at in range(low, high + 1)
    ]
    return _bars(steps) if found else ()


def _counted(index: Index) -> dict[str, Any]:
    query = (
        "SELECT count(*) AS cases, sum(state != 'waiting') AS heard, sum(state = 'hung') AS hung, "
        "sum(state = 'no_quorum') AS no_quorum, sum(state = 'invalid') AS invalid, sum(changed > 0) AS changed, "
        "max(rehearsal) AS rehearsal, "
        "sum(cost) AS cost, sum(state != 'waiting' AND cost IS NULL) AS unpriced, sum(seconds) AS seconds, "
        "sum(calls) AS calls FROM cases"
    )
    row = index.rows(query)[0]
    return {name: (value if value is not None or name == "cost" else 0) for name, value in row.items()}


def _shared(counted: dict[str, Any]) -> dict[str, Any]:
    names = ("hung", "no_quorum", "invalid", "changed", "seconds", "calls")
    return {name: counted[name] for name in names} | {"cost": None if counted["unpriced"] else counted["cost"]}


def _final(counted: dict[str, Any], results: Results) -> Figures:
    document = results.document
    shared = _shared(counted) | {name: document["usage"][name] for name in ("cost", "seconds", "calls")}
    return Figures(
        cases=counted["cases"],
        heard=counted["heard"],
        final=True,
        rehearsal=bool(document["rehearsal"]),
        headlines=results.headlines,
        document=document,
        without_blocked=tuple(figures_without(document["metrics"], results.rubric.positive)),
        **shared,
    )


def _so_far(run: RunPlace, index: Index) -> tuple[Headline, ...]:
    """The measures behind a run's headlines over the cases judged so far; those that count none are left out."""
    query = "SELECT measure, avg(value) AS value, count(value) AS decided, count(*) AS counted FROM measured GROUP BY measure"
    known = {row["measure"]: row for row in index.rows(query)}
    names = measures_of(run.headline_names)
    rubric, shown = run.jury.rubric, [name for name in names if name in known] or names[:1]
    return tuple(_headline_so_far(name, rubric, index, known.get(name)) for name in shown)


def _headline_so_far(name: str, rubric: Rubric, index: Index, row: dict[str, Any] | None) -> Headline:
    measure = MEASURES.get(name)
    value, decided, counted = (row["value"], row["decided"], row["counted"]) if row else (None, 0, 0)
    total, ends = (value or 0.0) * decided, measure.axis
    return Headline(
        name=name,
        label=measure.label_under(rubric),
        value=value,
        interval=_interval_so_far(index, name, measure.range_under(rubric)),
        bounds=((total + (counted - decided) * ends[0]) / counted, (total + (counted - decided) * ends[1]) / counted)
        if counted
        else None,
        n=counted,
        unit=measure.unit,
        direction=measure.direction(rubric),
    )


def _interval_so_far(index: Index, measure: str, ends: tuple[float, float]) -> Interval:
    """The 95 % interval of a mean between these ends over the cases judged so far, each a cluster by itself."""
    rows = index.rows("SELECT value FROM measured WHERE measure = ? AND value IS NOT NULL ORDER BY value", (measure,))
    values = [row["value"] for row in rows]
    names = [f"{place:09d}" for place in range(len(values))]
    return estimate_mean(values, names, low=ends[0], high=ends[1]).interval


def _ended_so(row: dict[str, Any]) -> dict[str, str]:
    return {"choice": row["choice"]} if row["choice"] else {"state": row["state"]}


def _span(at: int) -> str:
    return f"{at / BINS:.1f}–{(at + 1) / BINS:.1f}"


def _between(column: str, at: int) -> dict[str, str]:
    below = {} if at == BINS - 1 else {f"{column}_below": f"{(at + 1) / BINS:.1f}"}
    return {f"{column}_from": f"{at / BINS:.1f}"} | below


def _bars(counts: Sequence[tuple[str, int, dict[str, str]]]) -> tuple[Bar, ...]:
    most = max((cases for _, cases, _ in counts), default=0)
    return tuple(Bar(name, cases, cases / most if most else 0.0, query) for name, cases, query in counts)
