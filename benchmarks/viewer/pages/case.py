"""One case: its exhibits, the answer, and the trial from the first ballots to the foreperson's words."""

from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from benchmarks.calls import Calls, kept_calls
from benchmarks.drawing.trial import trial_drawn
from benchmarks.report.embedding import Embedded
from benchmarks.report.texts import LongTexts
from benchmarks.report.trials import kind_of, shown_trial, shown_turns
from benchmarks.trial import trial_of
from benchmarks.viewer.circle import circle_drawn
from benchmarks.viewer.debate import debate_of
from benchmarks.viewer.guard import DRAWING_POLICY
from benchmarks.viewer.index import Wishes
from benchmarks.viewer.pages.finding import FoundCase, found_case
from benchmarks.viewer.pages.live import run_news
from jury.records import Answered, Jury, MediaRef, Transcript, Verdict

#: The drawings of a trial by name.
DRAWINGS = ("circle", "rounds")


def case_page(request: Request) -> Response:
    """The whole case; as long as a blind reader has not decided, the exhibits and the answer alone."""
    here, texts = found_case(request), _texts(request)
    return here.at.house.page(request, "case.html.j2", _view(here), texts=texts)


def text_page(request: Request) -> Response:
    """The whole of one text that the case's page had to cut, as plain text."""
    here, texts = found_case(request), _texts(request)
    here.at.house.page(request, "case.html.j2", _view(here), texts=texts)
    whole = texts.wholes.get(request.path_params["text"])
    if whole is None:
        raise HTTPException(404, "There is no such text on this case's page.")
    return PlainTextResponse(whole)


def drawing(request: Request) -> Response:
    """A trial as a picture: `circle` (who moved whom) or `rounds` (every ballot)."""
    here, name = found_case(request), request.path_params["drawing"]
    if here.verdict is None or here.hidden or name not in DRAWINGS:
        raise HTTPException(404, "There is no such drawing of this case.")
    with kept_calls(here.at.run.folder) as calls:
        transcript = trial_of(here.case, here.verdict, calls.completion).transcript
    return drawn(name, transcript, here.verdict, here.at.run.jury)


def drawn(name: str, transcript: Transcript, verdict: Verdict, jury: Jury) -> Response:
    """A drawing that may use its own style and nothing else."""
    if name == "rounds":
        picture = trial_drawn(verdict, {choice: kind_of(choice, jury.rubric) for choice in jury.rubric.choices})
    else:
        shown = shown_trial(transcript, verdict, jury.rubric, lambda _: Embedded())
        picture = circle_drawn(debate_of(shown, transcript, verdict, jury), verdict)
    headers = {"content-security-policy": DRAWING_POLICY}
    return Response(picture, media_type="image/svg+xml", headers=headers)


def trial_view(transcript: Transcript, verdict: Verdict, jury: Jury, media: str) -> dict[str, Any]:
    """What shows a trial that has ended; `media` is the address that images and clips lie under."""
    shown = shown_trial(transcript, verdict, jury.rubric, lambda ref: at_address(media, ref))
    return {"trial": shown, "verdict": verdict, "debate": debate_of(shown, transcript, verdict, jury)}


def at_address(media: str, ref: MediaRef) -> Embedded:
    """An image or clip at an address of this viewer."""
    return Embedded(Markup("{}/{}").format(media, ref.sha256))


def _view(here: FoundCase) -> dict[str, Any]:
    run, media = here.at.run, f"{here.at.address}/media"
    with kept_calls(run.folder) as calls:
        if here.verdict is not None and not here.hidden:
            transcript = trial_of(here.case, here.verdict, calls.completion).transcript
            told = trial_view(transcript, here.verdict, run.jury, media)
            turns = told["trial"].turns
        else:
            told = {"trial": None, "verdict": None, "debate": None}
            turns = shown_turns(_answered(here, calls), lambda ref: at_address(media, ref))
    return {
        **told,
        **_around(here),
        "run": run,
        "address": here.address,
        "run_address": here.at.address,
        "row": here.row,
        "case": here.case,
        "turns": turns,
        "target": here.row["target"],
        "hidden": here.hidden,
        "waiting": here.verdict is None,
        "rubric": run.jury.rubric,
        "own": here.own_label,
        "labels": () if here.hidden else here.labels,
        "gold": () if here.hidden else here.case.gold,
        "events": "" if here.verdict else run_news(run),
    }


def _answered(here: FoundCase, calls: Calls) -> Transcript:
    """The case with what its target has said so far."""
    if here.verdict is not None:
        return trial_of(here.case, here.verdict, calls.completion).transcript
    answered: Answered | None = calls.answered(here.at.run.id, here.case.id)
    return answered.transcript(here.case) if answered else Transcript.recorded(here.case)


def _around(here: FoundCase) -> dict[str, Any]:
    """The cases before and after, and the nearest disputed ones; for a blind reader those would tell too much."""
    index = here.at.index
    before, after = index.beside(here.row, Wishes())
    disputed = (None, None) if here.at.reader.blind else index.beside(here.row, Wishes(marks=("disputed",)))
    return {"before": before, "after": after, "disputed_before": disputed[0], "disputed_after": disputed[1]}


def _texts(request: Request) -> LongTexts:
    path = request.url.path.split("/texts")[0]
    return LongTexts(f"{path}/texts")
