"""The calls behind a case, as they were made: the raw request and the raw answer, on demand."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from benchmarks.calls import kept_calls
from benchmarks.cli.printable import printable
from benchmarks.viewer.pages.finding import FoundCase, found_case
from jury.errors import InputError
from jury.records.base import Record


def calls_page(request: Request) -> Response:
    """A list of the case's calls with what each cost; a blind reader who has not decided sees none."""
    here = _unhidden(request)
    with kept_calls(here.at.run.folder) as calls:
        try:
            made = calls.of_case(here.case.id)
        except InputError:
            made = []
    view = {
        "run": here.at.run,
        "case": here.case,
        "address": here.address,
        "run_address": here.at.address,
        "calls": made,
        "jurors": {ballot.seat: ballot.juror for held in here.verdict.rounds for ballot in held.ballots}
        if here.verdict
        else {},
        "events": "",
    }
    return here.at.house.page(request, "calls.html.j2", view)


def call_page(request: Request) -> Response:
    """One call of the case as plain text: what was asked and what came back, as the ledger holds them."""
    here, key = _unhidden(request), request.path_params["key"]
    with kept_calls(here.at.run.folder) as calls:
        try:
            made = {call.key: call for _, call in calls.of_case(here.case.id)}
        except InputError:
            made = {}
    if key not in made:
        raise HTTPException(404, "This case rests on no call of that key.")
    call = made[key]
    return PlainTextResponse(f"Call {key}\n\nREQUEST\n{_told(call.request)}\n\nANSWER\n{_told(call.completion)}\n")


def _unhidden(request: Request) -> FoundCase:
    here = found_case(request)
    if here.hidden:
        raise HTTPException(403, "You read blind: decide on this case first, then its calls are shown.")
    return here


def _told(record: Record) -> str:
    """A record as indented JSON, controls made visible."""
    return printable(record.model_dump_json(indent=2, exclude_defaults=True))
