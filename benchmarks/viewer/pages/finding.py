"""From a link to what it names. Nothing in a link is ever a path: runs go by name, cases by a hash of their id."""

from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

from benchmarks.calls import kept_calls
from benchmarks.labels import Label, Labels
from benchmarks.viewer.house import House, house_of
from benchmarks.viewer.index import Index
from benchmarks.viewer.places import RunPlace
from benchmarks.viewer.reader import Reader
from jury.records import Case, Verdict


@dataclass(frozen=True)
class Found:
    """The run that a link names."""

    house: House
    run: RunPlace
    index: Index
    reader: Reader

    @property
    def labels(self) -> Labels:
        """The labels on the run's answers."""
        return Labels(self.run.store)

    @property
    def address(self) -> str:
        """The run's own address."""
        return f"/runs/{self.run.name}"


@dataclass(frozen=True)
class FoundCase:
    """The case that a link names: its row in the index, its record, the verdict if there is one, and people's labels."""

    at: Found
    row: dict[str, Any]
    case: Case
    verdict: Verdict | None
    labels: tuple[Label, ...]

    @property
    def address(self) -> str:
        """The case's own address."""
        return f"{self.at.address}/cases/{self.row['key']}"

    @property
    def own_label(self) -> Label | None:
        """The reader's own label."""
        return next((one for one in self.labels if one.annotator == self.at.reader.name), None)

    @property
    def hidden(self) -> bool:
        """Whether what the jury and others found is hidden from the reader, who has not decided yet."""
        return self.at.reader.blind and self.own_label is None


def found_run(request: Request) -> Found:
    """The run that a request is about. Raises `HTTPException` (404) where there is none of that name."""
    house = house_of(request)
    run = house.catalogue.run(request.path_params["run"])
    if run is None:
        raise HTTPException(404, "There is no such run here; the list of runs shows all that are.")
    return Found(house, run, house.index(run), Reader.of(request))


def found_case(request: Request) -> FoundCase:
    """The case that a request is about. Raises `HTTPException` (404) where there is none of that key."""
    at = found_run(request)
    row = at.index.case(request.path_params["case"])
    if row is None:
        raise HTTPException(404, "There is no such case in this run; the list of cases shows all there are.")
    with kept_calls(at.run.folder) as calls:
        case, verdict = calls.case(at.run.id, row["case_id"]), calls.verdict(at.run.id, row["case_id"])
    return FoundCase(at, row, case, verdict, tuple(at.labels.of_case(row["case_id"])))
