"""The viewer as an application: which address shows what."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.viewer.guard import Guard, PublicPlace
from benchmarks.viewer.house import House, house_of
from benchmarks.viewer.pages import calls, case, cases, comparing, live, media, people, reading, run, seats, shelf
from jury.errors import InputError

_STYLE = Path(__file__).parents[1] / "report" / "style.css"
_STATIC = Path(__file__).parent / "static"

#: All that is served from files, read once at the start: no address ever becomes a path.
_FILES = {
    "report.css": (_STYLE, "text/css"),
    "viewer.css": (_STATIC / "viewer.css", "text/css"),
    "icon.svg": (_STATIC / "icon.svg", "image/svg+xml"),
    "viewer.js": (_STATIC / "viewer.js", "text/javascript"),
}

_CASE = "/runs/{run}/cases/{case}"

_ROUTES = [
    Route("/", shelf.runs_page),
    Route("/events", live.all_events),
    Route("/reading", reading.remember, methods=["POST"]),
    Route("/compare", comparing.compare_page),
    Route("/runs/{run}", run.run_page),
    Route("/runs/{run}/events", live.run_events),
    Route("/runs/{run}/people", people.people_page),
    Route("/runs/{run}/gold.csv", people.gold_file),
    Route("/runs/{run}/labels.csv", people.labels_file),
    Route("/runs/{run}/media/{sha256}", media.run_media),
    Route("/runs/{run}/media/{sha256}/waveform", media.run_media),
    Route("/runs/{run}/cases", cases.cases_page),
    Route(_CASE, case.case_page),
    Route(_CASE + "/label", people.add_label, methods=["POST"]),
    Route(_CASE + "/texts/{text}", case.text_page),
    Route(_CASE + "/drawings/{drawing}", case.drawing),
    Route(_CASE + "/calls", calls.calls_page),
    Route(_CASE + "/calls/{key}", calls.call_page),
    Route("/trials", shelf.trials_page),
    Route("/trials/{trial}", seats.trial_page),
    Route("/trials/{trial}/events", live.trial_events),
    Route("/trials/{trial}/ballot", seats.cast, methods=["POST"]),
    Route("/trials/{trial}/on", seats.go_on, methods=["POST"]),
    Route("/trials/{trial}/texts/{text}", seats.trial_text),
    Route("/trials/{trial}/drawings/{drawing}", seats.trial_drawing),
    Route("/trials/{trial}/media/{sha256}", media.trial_media),
    Route("/trials/{trial}/media/{sha256}/waveform", media.trial_media),
]


def application(house: House, public: PublicPlace | None = None, *, local: bool = True) -> Starlette:
    """The viewer of a house, ready to be served; `local` says whether it listens on loopback."""
    app = Starlette(
        routes=[*_ROUTES, *_static_routes()],
        middleware=[
            Middleware(Guard, keys=house.keys, public=public, local=local),
            Middleware(GZipMiddleware, minimum_size=2_000),
        ],
        exception_handlers={HTTPException: _refused, InputError: _unreadable, 500: _crashed},
    )
    app.state.house = house
    return app


def _static_routes() -> list[Route]:
    return [_static(name, path.read_bytes(), mime) for name, (path, mime) in _FILES.items()]


def _static(name: str, content: bytes, mime: str) -> Route:
    def served(_: Request) -> Response:
        return Response(content, media_type=mime, headers={"cache-control": "no-cache"})

    return Route(f"/static/{name}", served)


def _refused(request: Request, error: Exception) -> Response:
    status, sentence = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
    return _told(request, status, sentence)


def _unreadable(request: Request, error: Exception) -> Response:
    """What lies in a run's folder can't be read: the sentence says what to do."""
    return _told(request, 500, str(error))


def _crashed(request: Request, _: Exception) -> Response:
    return _told(request, 500, "Something broke in the viewer; the terminal it was started in says what.")


def _told(request: Request, status: int, sentence: str) -> Response:
    return house_of(request).page(request, "told.html.j2", {"sentence": sentence, "events": ""}, status=status)
