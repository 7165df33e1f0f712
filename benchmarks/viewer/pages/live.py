"""News while a run or a trial goes on, as server-sent events: a page that hears of some fetches itself anew."""

import asyncio
from collections.abc import AsyncIterator, Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from benchmarks.calls import kept_calls
from benchmarks.labels import Labels
from benchmarks.results import RESULTS
from benchmarks.viewer.house import House, house_of
from benchmarks.viewer.places import DAMAGE, RunPlace, TrialPlace
from jury.hashing import sha256_of_json

#: Seconds between two looks, and looks between two signs of life.
PAUSE, SIGN_OF_LIFE = 1.0, 15


def run_news(run: RunPlace) -> str:
    """Where a page of a run hears of news: another verdict, another label, its results."""
    return _address(f"/runs/{run.name}/events", _run_stamp(run))


def trial_news(house: House, place: TrialPlace) -> str:
    """Where a page of a trial hears of news: whether its jury is at work."""
    return _address(f"/trials/{place.name}/events", _trial_stamp(house, place))


def all_news(house: House) -> str:
    """Where a page hears of news of all runs and trials."""
    return _address("/events", _stamp(house))


def run_events(request: Request) -> Response:
    """News of one run."""
    run = house_of(request).catalogue.run(request.path_params["run"])
    if run is None:
        raise HTTPException(404, "There is no such run here.")
    return _stream(request, lambda: _run_stamp(run))


def trial_events(request: Request) -> Response:
    """News of one trial."""
    house = house_of(request)
    place = house.catalogue.trials.get(request.path_params["trial"])
    if place is None:
        raise HTTPException(404, "There is no such trial here.")
    return _stream(request, lambda: _trial_stamp(house, place))


def all_events(request: Request) -> Response:
    """News of all runs and trials."""
    house = house_of(request)
    return _stream(request, lambda: _stamp(house))


def _address(path: str, stamp: str) -> str:
    """The address, with what the page has seen: news from before it listened are news to it, too."""
    return f"{path}?seen={stamp}"


def _stream(request: Request, stamp: Callable[[], str]) -> StreamingResponse:
    seen = request.query_params.get("seen", "")
    return StreamingResponse(_news(stamp, seen), media_type="text/event-stream", headers={"x-accel-buffering": "no"})


async def _news(stamp: Callable[[], str], seen: str) -> AsyncIterator[str]:
    """An event whenever the stamp is another than the one that was seen."""
    known, looks = seen, 0
    yield ": listening\n\n"
    while True:
        looks += 1
        now = await run_in_threadpool(stamp)
        if now != known:
            known = now
            yield "event: news\ndata: changed\n\n"
        elif looks % SIGN_OF_LIFE == 0:
            yield ": still here\n\n"
        await asyncio.sleep(PAUSE)


def _stamp(house: House) -> str:
    house.catalogue.refresh()
    runs = [_run_stamp(run) for run in house.catalogue.runs.values()]
    damaged = [[str(one.folder), one.reason] for one in house.catalogue.damaged]
    return sha256_of_json([runs, damaged, list(house.catalogue.trials), list(house.hands.going)])[:16]


def _trial_stamp(house: House, place: TrialPlace) -> str:
    return "at-work" if house.hands.busy(place) else "waits"


def _run_stamp(run: RunPlace) -> str:
    """What changes with every verdict, every label, and the results."""
    try:
        with kept_calls(run.folder) as calls:
            heard, cases = calls.count("verdicts", run.id), calls.count("cases", run.id)
        labels = Labels(run.store).count()
    except DAMAGE:
        return "damaged"  # or being moved or removed: the page that is fetched anew says so
    return f"{heard}-{cases}-{(run.folder / RESULTS).exists()}-{labels}"
