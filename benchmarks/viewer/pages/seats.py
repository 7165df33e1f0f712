"""Trials that people sit in: what the person whose turn it is is shown, the ballot they cast, and how the trial goes on."""

from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from benchmarks.report.texts import LongTexts
from benchmarks.report.trials import shown_turns
from benchmarks.viewer.hands import ballot_of, stands
from benchmarks.viewer.house import House, house_of
from benchmarks.viewer.pages.case import DRAWINGS, at_address, drawn, trial_view
from benchmarks.viewer.pages.live import trial_news
from benchmarks.viewer.pages.people import own_form
from benchmarks.viewer.places import TrialPlace
from jury.courtroom import Question
from jury.errors import InputError
from jury.labels import ABSTAIN
from jury.records import TextPart, Verdict

if TYPE_CHECKING:
    from graphs.by_hand import Waiting


async def trial_page(request: Request) -> Response:
    """The trial: a question where it waits for somebody, the whole debate where it has ended."""
    house, place = _found(request)
    return _page(request, house, place, await house.hands.stands(place), working=house.hands.busy(place))


async def cast(request: Request) -> Response:
    """Enter the ballot that a person has filled in; the trial goes on with it in the background."""
    form = await own_form(request)
    house, place = _found(request)
    found = await house.hands.stands(place)
    questions = _questions(found)
    asked = str(form.get("question", ""))
    if asked not in questions:
        raise HTTPException(409, "This question is not open any more; the trial's page shows where it stands.")
    try:
        ballot = ballot_of({name: str(value) for name, value in form.items()}, questions[asked].rubric)
        house.hands.go_on(place, {asked: ballot})
    except InputError as error:
        raise HTTPException(400, str(error)) from None
    return RedirectResponse(_address(place), 303)


async def go_on(request: Request) -> Response:
    """Have a trial go on that stopped between two questions."""
    await own_form(request)
    house, place = _found(request)
    try:
        house.hands.go_on(place, {})
    except InputError as error:
        raise HTTPException(409, str(error)) from None
    return RedirectResponse(_address(place), 303)


async def trial_text(request: Request) -> Response:
    """The whole of one text that the trial's page had to cut, as plain text."""
    house, place = _found(request)
    texts = LongTexts(f"{_address(place)}/texts")
    found = await house.hands.stands(place)
    _page(request, house, place, found, working=False, texts=texts)
    if request.path_params["text"] not in texts.wholes:
        raise HTTPException(404, "There is no such text on this trial's page.")
    return Response(texts.wholes[request.path_params["text"]], media_type="text/plain; charset=utf-8")


async def trial_drawing(request: Request) -> Response:
    """A trial that has ended as a picture."""
    _, place = _found(request)
    found = await stands(place)
    if not isinstance(found, Verdict) or request.path_params["drawing"] not in DRAWINGS:
        raise HTTPException(404, "There is no such drawing of this trial.")
    return drawn(request.path_params["drawing"], place.trial.transcript, found, place.trial.jury)


def _found(request: Request) -> tuple[House, TrialPlace]:
    house = house_of(request)
    place = house.catalogue.trials.get(request.path_params["trial"])
    if place is None:
        raise HTTPException(404, "There is no such trial here; the list of trials shows all that are.")
    return house, place


def _address(place: TrialPlace) -> str:
    return f"/trials/{place.name}"


def _questions(found: "Waiting | Verdict | None") -> dict[str, Question]:
    return {} if found is None or isinstance(found, Verdict) else dict(found.questions)


def _page(
    request: Request,
    house: House,
    place: TrialPlace,
    found: "Waiting | Verdict | None",
    *,
    working: bool,
    texts: LongTexts | None = None,
) -> Response:
    trial, media = place.trial, f"{_address(place)}/media"
    told: dict[str, Any] = {"trial": None, "verdict": None, "debate": None}
    if isinstance(found, Verdict):
        told = trial_view(trial.transcript, found, trial.jury, media)
    questions = sorted(_questions(found).items(), key=lambda item: item[1].juror)
    view = {
        **told,
        "place": place,
        "jury": trial.jury,
        "case": trial.transcript.case,
        "target": trial.transcript.target,
        "turns": shown_turns(trial.transcript, lambda ref: at_address(media, ref)),
        "address": _address(place),
        "working": working,
        "failed": house.hands.failed.get(place.id, ""),
        "waits_for": [question.juror for _, question in questions],
        "asked": _asked(questions[0], media) if questions else None,
        "events": trial_news(house, place),
    }
    return house.page(request, "trial.html.j2", view, texts=texts or LongTexts(f"{_address(place)}/texts"))


def _asked(item: tuple[str, Question], media: str) -> dict[str, Any]:
    """One question as the form shows it: what any juror in the seat would be sent, and what may be chosen."""
    key, question = item
    parts = [part for message in question.request.messages for part in message.parts]
    shown = [
        ("text", part.text)
        if isinstance(part, TextPart)
        else (part.kind, part.media and at_address(media, part.media).address)
        for part in parts
    ]
    return {
        "key": key,
        "juror": question.juror,
        "parts": shown,
        "choices": [*question.rubric.choices, ABSTAIN],
        "scale": question.rubric.rating,
    }
