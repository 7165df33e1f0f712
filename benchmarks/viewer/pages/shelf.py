"""The first page: every run with what it comes to, and every trial that people sit in."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from benchmarks.metrics.headlines import Headline
from benchmarks.metrics.ranking import group_by_suite, order_runs, ranking_in, title_of
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


@dataclass(frozen=True)
class ShownRun:
    """A run of the list, with its figures."""

    place: RunPlace
    figures: Figures

    @property
    def suite(self) -> str:
        """The suite that its cases belong to, or else their source."""
        return self.place.suite or str(self.place.manifest["source"])

    @property
    def rubric(self) -> str:
        """The name of the rubric it was judged by."""
        return self.place.jury.rubric.name

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """The figures that head it."""
        return self.figures.headlines


@dataclass(frozen=True)
class ShownSuite:
    """The runs over one suite under one rubric, the better ones first; `order` says by what."""

    title: str
    order: str
    runs: tuple[ShownRun, ...]


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
    """All runs by suite, the better ones first; each is read by itself, and one that is damaged is shown as damaged."""
    house = house_of(request)
    house.catalogue.refresh()
    runs: list[ShownRun] = []
    damaged = list(house.catalogue.damaged)
    for run in house.catalogue.runs.values():
        try:
            runs.append(ShownRun(run, figures_of(run, house.index(run))))
        except DAMAGE as error:
            damaged.append(DamagedPlace(run.title, run.folder, damage_of(error, run.folder)))
    suites = [_shown_suite(group) for group in group_by_suite(runs)]
    view = {"suites": suites, "trials": len(house.catalogue.trials), "damaged": damaged, "events": all_news(house)}
    return house.page(request, "runs.html.j2", view)


def _shown_suite(group: Sequence[ShownRun]) -> ShownSuite:
    by = ranking_in(group)
    order = f"Best first, by {by.title}." if by and by.direction and len(group) > 1 else ""
    return ShownSuite(title_of(group), order, tuple(order_runs(group)))


async def shown_place(house: House, place: TrialPlace) -> ShownTrialPlace:
    """Where a trial stands."""
    found = await house.hands.stands(place)
    if isinstance(found, Verdict):
        return ShownTrialPlace(place, (), found.outcome.choice or found.outcome.state, working=False)
    names = tuple(sorted(one.juror for one in found.questions.values())) if found is not None else ()
    return ShownTrialPlace(place, names, "", house.hands.busy(place))
