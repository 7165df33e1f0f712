"""One case before one jury, for people who want to read the whole trial."""

import tempfile
from pathlib import Path

from benchmarks.docket import Docket, prepare_case
from benchmarks.runs import interview_of, models_of
from benchmarks.settings import RunSettings
from benchmarks.sources import load_case
from benchmarks.trial import Trial
from jury.gateway.route.transport import check_providers
from jury.means import MEDIA, make_folder, opened
from jury.media import MediaStore
from jury.prompt_files import open_library
from jury.records import Target, Transcript
from jury.verdicts import invalid_verdict


async def hold_trial(
    case: Path,
    *,
    jury: str,
    panel: str | None,
    target: str | None,
    rule: str | None,
    rubric: str | None,
    out: Path | None,
) -> Trial:
    """The trial of the case in a JSON file; calls are kept in `out`. Raises `InputError` for bad input."""
    with tempfile.TemporaryDirectory(prefix="jury-") as passing:
        folder = out or Path(passing)
        make_folder(folder)
        asked = Target(model=target) if target else None
        settings = RunSettings(
            source=str(case), out=folder, target=asked, jury=jury, panel=panel, rule=rule, rubric=rubric
        )
        docket = prepare_case(load_case(case, media=MediaStore(folder / MEDIA)), settings, open_library())
        check_providers(models_of(docket))
        return await _held(docket, settings)


async def _held(docket: Docket, settings: RunSettings) -> Trial:
    from graphs.deliberation import graph

    (case,) = docket.source.cases
    async with opened(settings.out, open_library()) as means:
        interview = interview_of(docket.matter.target, means)
        transcript = (await interview.ask(case)).transcript(case) if interview else Transcript.recorded(case)
        if transcript.problem is not None:
            return Trial(transcript, invalid_verdict(transcript, docket.jury))
        state = await graph.ainvoke({"transcript": transcript}, context=means.courtroom(docket.jury))
        return Trial(transcript, state["verdict"])
