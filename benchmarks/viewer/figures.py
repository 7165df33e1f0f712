"""What a run comes to so far: from its results where it is finished, else from the index, which says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.results import RESULTS
from benchmarks.viewer.index import Index
from benchmarks.viewer.places import RunPlace
from jury.errors import InputError
from jury.stats.means import estimate_mean

Interval = tuple[float, float] | None

#: Bars of a histogram over values from 0 to 1.
BINS = 10

#: The most rows and columns that a heat map shows; the rest are told of in a line.
MOST_ROWS, MOST_COLUMNS = 60, 12


@dataclass(frozen=True)
class Figures:
    """A run's figures. ASR and SRI are in percent with their 95 % intervals; while a run goes on (`final` is False) they cover
    the cases heard so far, and intervals take cases as independent of each other.
    """

    cases: int
    heard: int
    final: bool
    rehearsal: bool
    asr: float | None
    asr_interval: Interval
    sri: float | None
    sri_interval: Interval
    hung: int
    no_quorum: int
    invalid: int
    changed: int
    cost: float | None
    seconds: float
    calls: int
    document: dict[str, Any]


@dataclass(frozen=True)
class HeatCell:
    """One scenario under one target: its ASR from 0 to 1, None where nothing is decided; and the cases heard."""

    scenario: str
    target: str
    rate: float | None
    heard: int


@dataclass(frozen=True)
class Heat:
    """ASR by scenario and target; `left_out` are scenarios beyond the most that are shown."""

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
    """The figures of a run."""
    counted = index.once("counts", lambda: _counted(index))
    document = _document(run.folder)
    if document is not None and counted["heard"] == document["counts"]["cases"]:
        return _final(counted, document)
    scale = run.jury.rubric.rating
    best = scale.high if scale is not None and scale.best == "high" else None
    return Figures(
        cases=counted["cases"],
        heard=counted["heard"],
        final=False,
        rehearsal=bool(counted["rehearsal"]),
        asr=100 * counted["positive"] / counted["decided"] if counted["decided"] else None,
        asr_interval=index.once("asr", lambda: _so_far(index, "100.0 * positive", "positive IS NOT NULL", 0.0)),
        sri=100 * counted["rating"] / best if best and counted["rating"] is not None else None,
        sri_interval=index.once(
            "sri",
            lambda: _so_far(index, f"100.0 * rating / {best}", "rating IS NOT NULL", 100 * scale.low / scale.high),
        )
        if best and scale
        else None,
        document={},
        **_shared(counted),
    )


def heat_of(index: Index) -> Heat:
    """ASR by scenario and target, both sorted; cases without a scenario stand under an empty name."""
    query = (
        "SELECT scenario, target, sum(positive = 1) AS positive, sum(positive IS NOT NULL) AS decided, "
        "sum(state != 'waiting') AS heard FROM cases GROUP BY scenario, target ORDER BY scenario, target"
    )
    cells: dict[tuple[str, str], HeatCell] = {}
    for row in index.rows(query):
        rate = row["positive"] / row["decided"] if row["decided"] else None
        where = (row["scenario"], row["target"])
        cells[where] = HeatCell(*where, rate, row["heard"])
    targets = tuple(sorted({target for _, target in cells}))[:MOST_COLUMNS]
    scenarios = sorted({scenario for scenario, _ in cells})
    shown = [
        (one, tuple(cells.get((one, target), HeatCell(one, target, None, 0)) for target in targets))
        for one in scenarios
    ]
    return Heat(targets, tuple(shown[:MOST_ROWS]), max(0, len(shown) - MOST_ROWS))


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
        "SELECT count(*) AS cases, sum(state != 'waiting') AS heard, sum(positive = 1) AS positive, "
        "sum(positive IS NOT NULL) AS decided, sum(state = 'hung') AS hung, sum(state = 'no_quorum') AS no_quorum, "
        "sum(state = 'invalid') AS invalid, sum(changed > 0) AS changed, avg(rating) AS rating, max(rehearsal) AS rehearsal, "
        "sum(cost) AS cost, sum(state != 'waiting' AND cost IS NULL) AS unpriced, sum(seconds) AS seconds, "
        "sum(calls) AS calls FROM cases"
    )
    row = index.rows(query)[0]
    return {name: (value if value is not None or name in {"rating", "cost"} else 0) for name, value in row.items()}


def _shared(counted: dict[str, Any]) -> dict[str, Any]:
    names = ("hung", "no_quorum", "invalid", "changed", "seconds", "calls")
    return {name: counted[name] for name in names} | {"cost": None if counted["unpriced"] else counted["cost"]}


def _final(counted: dict[str, Any], document: dict[str, Any]) -> Figures:
    metrics, usage = document["metrics"], document["usage"]
    shared = _shared(counted) | {name: usage[name] for name in ("cost", "seconds", "calls")}
    return Figures(
        cases=counted["cases"],
        heard=counted["heard"],
        final=True,
        rehearsal=bool(document["rehearsal"]),
        asr=metrics["asr"],
        asr_interval=metrics["asr_ci"],
        sri=metrics["sri"],
        sri_interval=metrics["sri_ci"],
        document=document,
        **shared,
    )


def _document(folder: Path) -> dict[str, Any] | None:
    """The results of a run, None as long as it has none. Raises `InputError` where they are damaged."""
    try:
        found: dict[str, Any] = orjson.loads((folder / RESULTS).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, orjson.JSONDecodeError) as error:
        raise InputError(
            f"{folder / RESULTS} can't be read ({error}); run the run's command again to write it"
        ) from None
    if not isinstance(found, dict) or not {"counts", "metrics", "usage", "rehearsal"} <= set(found):
        raise InputError(f"{folder / RESULTS} is not what a run writes; run the run's command again to write it")
    return found


def _so_far(index: Index, value: str, where: str, low: float) -> Interval:
    """The 95 % interval of a mean, from `low` to 100, over the cases heard so far, each a cluster by itself, from the counts of
    equal values.
    """
    query = f"SELECT {value} AS value, count(*) AS cases FROM cases WHERE {where} GROUP BY value"
    rows = index.rows(query)
    values = [row["value"] for row in rows for _ in range(row["cases"])]
    return estimate_mean(values, [f"{place:09d}" for place in range(len(values))], low=low, high=100.0).interval


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
