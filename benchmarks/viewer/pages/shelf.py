"""The first page: every run with what it comes to, and every trial that people sit in."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from benchmarks.viewer.figures import Figures, figures_of
from benchmarks.viewer.house import House, house_of
from benchmarks.viewer.pages.live import all_news
from benchmarks.viewer.places import DAMAGE, DamagedPlace, RunPlace, TrialPlace, damage_of
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
    trials: list[ShownTrialPlace] = []
    damaged = list(house.catalogue.damaged)
    for place in house.catalogue.trials.values():
        try:
            trials.append(await shown_place(house, place))
        except DAMAGE as error:
            damaged.append(DamagedPlace(place.title, place.folder, damage_of(error, place.folder)))
    return house.page(request, "trials.html.j2", {"trials": trials, "damaged": damaged, "events": all_news(house)})


def runs_page(request: Request) -> Response:
    """All runs, each read by itself: one that is damaged is shown as damaged."""
    house = house_of(request)
    house.catalogue.refresh()
    runs: list[tuple[RunPlace, Figures]] = []
    damaged = list(house.catalogue.damaged)
    for run in house.catalogue.runs.values():
        try:
            runs.append((run, figures_of(run, house.index(run))))
        except DAMAGE as error:
            damaged.append(DamagedPlace(run.title, run.folder, damage_of(error, run.folder)))
    view = {"runs": runs, "trials": len(house.catalogue.trials), "damaged": damaged, "events": all_news(house)}
    return house.page(request, "runs.html.j2", view)


async def shown_place(house: House, place: TrialPlace) -> ShownTrialPlace:
    """Where a trial stands."""
    found = await house.hands.stands(place)
    if isinstance(found, Verdict):
        return ShownTrialPlace(place, (), found.outcome.choice or found.outcome.state, working=False)
    names = tuple(sorted(one.juror for one in found.questions.values())) if found is not None else ()
    return ShownTrialPlace(place, names, "", house.hands.busy(place))
