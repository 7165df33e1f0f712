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
from benchmarks.viewer.places import RunPlace
from jury.errors import InputError

#: Seconds between two looks, and looks between two signs of life.
PAUSE, SIGN_OF_LIFE = 1.0, 15


def run_events(request: Request) -> Response:
    """News of one run: another verdict, another label, its results."""
    run = house_of(request).catalogue.run(request.path_params["run"])
    if run is None:
        raise HTTPException(404, "There is no such run here.")
    return _stream(lambda: _run_stamp(run))


def trial_events(request: Request) -> Response:
    """News of one trial: whether its jury is at work."""
    house, name = house_of(request), request.path_params["trial"]
    if name not in house.catalogue.trials:
        raise HTTPException(404, "There is no such trial here.")
    return _stream(lambda: str(house.hands.busy(house.catalogue.trials[name])))


def all_events(request: Request) -> Response:
    """News of all runs and trials."""
    house = house_of(request)
    return _stream(lambda: _stamp(house))


def _stream(stamp: Callable[[], str]) -> StreamingResponse:
    return StreamingResponse(_news(stamp), media_type="text/event-stream", headers={"x-accel-buffering": "no"})


async def _news(stamp: Callable[[], str]) -> AsyncIterator[str]:
    """An event whenever the stamp is another than it was."""
    known, looks = await run_in_threadpool(stamp), 0
    yield ": listening\n\n"
    while True:
        await asyncio.sleep(PAUSE)
        looks += 1
        now = await run_in_threadpool(stamp)
        if now != known:
            known = now
            yield "event: news\ndata: changed\n\n"
        elif looks % SIGN_OF_LIFE == 0:
            yield ": still here\n\n"


def _stamp(house: House) -> str:
    house.catalogue.refresh()
    return " ".join([*map(_run_stamp, house.catalogue.runs.values()), *house.catalogue.trials, *house.hands.going])


def _run_stamp(run: RunPlace) -> str:
    """What changes with every verdict, every label, and the results."""
    try:
        with kept_calls(run.folder) as calls:
            heard, cases = calls.count("verdicts", run.id), calls.count("cases", run.id)
    except InputError:
        heard = cases = 0  # its folder is being moved or removed: the page that is fetched anew says so
    return f"{run.name}:{heard}/{cases}/{(run.folder / RESULTS).exists()}/{Labels(run.store).count()}"
