"""Runs side by side: paired differences, and the cases that two runs differ on."""

from dataclasses import dataclass
from pathlib import Path

from anyio import to_process
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from benchmarks.compare import Comparison, compare
from benchmarks.results import Results
from benchmarks.viewer.house import House, house_of
from benchmarks.viewer.places import RunPlace
from benchmarks.viewer.reader import Reader
from jury.errors import InputError

#: Runs that are compared at once, and cases that are listed for two of them.
MOST_RUNS, MOST_CASES = 8, 200


@dataclass(frozen=True)
class Differing:
    """A case that two runs ended differently on; `key` is what links call it in both."""

    case: str
    scenario: str
    first: str
    second: str
    key: str


@dataclass(frozen=True)
class Pairing:
    """Two runs compared, and the first of the cases they differ on."""

    first: RunPlace
    second: RunPlace
    comparison: Comparison
    cases: tuple[Differing, ...]
    differing: int


async def compare_page(request: Request) -> Response:
    """The runs that the query names, two by two. What can't be compared is said in one sentence."""
    house = house_of(request)
    if Reader.of(request).blind:
        raise HTTPException(
            403, "You read blind: comparing runs would tell what juries found. Switch it off under your name."
        )
    runs = _named(house, request)
    try:
        # In a process of its own, which gives back the memory that all verdicts of two runs take.
        comparisons = await to_process.run_sync(_compared, [run.folder for run in runs])
        pairings, problem = _pairings(house, runs, comparisons), ""
    except InputError as error:
        pairings, problem = [], str(error)
    view = {"runs": runs, "pairings": pairings, "problem": problem, "most": MOST_CASES, "events": ""}
    return house.page(request, "compare.html.j2", view, status=400 if problem else 200)


def _named(house: House, request: Request) -> list[RunPlace]:
    names = list(dict.fromkeys(request.query_params.getlist("run")))[:MOST_RUNS]
    found = [house.catalogue.run(name) for name in names]
    runs = [run for run in found if run is not None]
    if len(runs) != len(names):
        raise HTTPException(404, "One of these runs is not here; the list of runs shows all that are.")
    return runs


def _compared(folders: list[Path]) -> tuple[Comparison, ...]:
    return compare([Results.read(folder) for folder in folders])


def _pairings(house: House, runs: list[RunPlace], comparisons: tuple[Comparison, ...]) -> list[Pairing]:
    by_folder = {str(run.folder): run for run in runs}
    pairings = []
    for one in comparisons:
        first, second = by_folder[one.first], by_folder[one.second]
        cases, differing = _differing(house, first, second)
        pairings.append(Pairing(first, second, one, cases, differing))
    return pairings


def _differing(house: House, first: RunPlace, second: RunPlace) -> tuple[tuple[Differing, ...], int]:
    """The cases of one id that ended with another choice or state, in the order of the first run, and how many there are."""
    ours, theirs = house.index(first), house.index(second)
    where = (
        "FROM cases a JOIN other.cases b USING (case_id) WHERE a.state != 'waiting' AND b.state != 'waiting' "
        "AND coalesce(a.choice, a.state) != coalesce(b.choice, b.state)"
    )
    query = (
        'SELECT a.case_id AS "case", a.scenario AS scenario, coalesce(a.choice, a.state) AS first, '
        "coalesce(b.choice, b.state) AS second, a.key AS key "
        f"{where} ORDER BY a.position, a.number LIMIT {MOST_CASES}"
    )
    rows = ours.rows_beside(theirs, query)
    total = ours.rows_beside(theirs, f"SELECT count(*) AS cases {where}")[0]["cases"]
    return tuple(Differing(**row) for row in rows), total
