"""The first page: every run with what it comes to, and every trial that people sit in."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from benchmarks.viewer.figures import Figures, figures_of
from benchmarks.viewer.house import House, house_of
from benchmarks.viewer.pages.live import all_news
from benchmarks.viewer.places import RunPlace, TrialPlace
from jury.records import Verdict


@dataclass(frozen=True)
class ShownTrialPlace:
    """A trial that people sit in: whom it waits for, what it ended with, or that its jury is at work."""

    place: TrialPlace
    waits_for: tuple[str, ...]
    ended: str
    working: bool


async def trials_page(request: Request) -> Response:
    """Trials with people on the panel."""
    house = house_of(request)
    house.catalogue.refresh()
    trials = [await shown_place(house, place) for place in house.catalogue.trials.values()]
    return house.page(request, "trials.html.j2", {"trials": trials, "events": all_news(house)})


def runs_page(request: Request) -> Response:
    """All runs."""
    house = house_of(request)
    house.catalogue.refresh()
    runs: list[tuple[RunPlace, Figures]] = [
        (run, figures_of(run, house.index(run))) for run in house.catalogue.runs.values()
    ]
    waiting = len(house.catalogue.trials)
    return house.page(request, "runs.html.j2", {"runs": runs, "trials": waiting, "events": all_news(house)})


async def shown_place(house: House, place: TrialPlace) -> ShownTrialPlace:
    """Where a trial stands."""
    found = await house.hands.stands(place)
    if isinstance(found, Verdict):
        return ShownTrialPlace(place, (), found.outcome.choice or found.outcome.state, working=False)
    names = tuple(sorted(one.juror for one in found.questions.values())) if found is not None else ()
    return ShownTrialPlace(place, names, "", house.hands.busy(place))
