"""One case before one jury, for people who want to read the whole trial."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.docket import Docket, endpoints_of, prepare_case
from benchmarks.held_by_hand import HeldByHand, keep
from benchmarks.runs import interview_of
from benchmarks.settings import RunSettings
from benchmarks.sources import load_case
from benchmarks.trial import Trial
from jury.courtroom import Courtroom
from jury.errors import InputError
from jury.folder_texts import FolderTexts, texts_in_folder
from jury.gateway.route.transport import check_providers
from jury.means import MEDIA, make_folder, opened
from jury.media import MediaStore
from jury.prompt_reach import texts_of_jury, texts_of_wrapper
from jury.providers.human import people_on
from jury.records import Target, Transcript
from jury.verdicts import unjudged_verdict
from prompts import Library

if TYPE_CHECKING:
    from graphs.by_hand import Waiting


async def hold_trial(
    case: Path,
    *,
    jury: str,
    panel: str | None,
    target: str | None,
    rule: str | None,
    rubric: str | None,
    out: Path | None,
    answers: Mapping[str, str] | None = None,
) -> "Trial | Waiting":
    """The trial of the case in a JSON file, as far as it goes; calls are kept in `out`. Raises `InputError` for bad input.

    Where people sit on the panel it may wait for them: `answers` are their ballots, as JSON, by question.
    """
    with tempfile.TemporaryDirectory(prefix="jury-") as passing:
        folder = out or Path(passing)
        make_folder(folder)
        asked = Target(model=target) if target else None
        settings = RunSettings(
            source=str(case), out=folder, target=asked, jury=jury, panel=panel, rule=rule, rubric=rubric
        )
        texts = texts_in_folder(folder)
        docket = prepare_case(load_case(case, media=MediaStore(folder / MEDIA)), settings, texts.library)
        check_providers(model for model, _ in endpoints_of(docket))
        if people_on(docket.jury) and out is None:
            raise InputError("a person sits on the panel, who may take days; keep the trial with --out DIR")
        return await _held(docket, settings, texts, answers or {})


async def _held(
    docket: Docket, settings: RunSettings, texts: FolderTexts, answers: Mapping[str, str]
) -> "Trial | Waiting":
    from graphs.deliberation import graph

    (case,) = docket.source.cases
    async with opened(settings.out, texts.library) as found:
        means = replace(found, library=texts.keep(lambda library: _rendered(docket, library)))
        interview = interview_of(docket.matter.target, means)
        transcript = (await interview.ask(case)).transcript(case) if interview else Transcript.recorded(case)
        unjudged = unjudged_verdict(transcript, docket.jury)
        if unjudged is not None:
            return Trial(transcript, unjudged, docket.jury.rubric.positives)
        if people_on(docket.jury):
            return await _with_people(means.courtroom(docket.jury), transcript, settings.out, answers)
        state = await graph.ainvoke({"transcript": transcript}, context=means.courtroom(docket.jury))
        return Trial(transcript, state["verdict"], docket.jury.rubric.positives)


def _rendered(docket: Docket, library: Library) -> frozenset[str]:
    target = docket.matter.target
    asked = texts_of_wrapper(target.wrapper, library) if target else frozenset[str]()
    return texts_of_jury(docket.jury, library) | asked


async def _with_people(
    court: Courtroom, transcript: Transcript, folder: Path, answers: Mapping[str, str]
) -> "Trial | Waiting":
    """The trial from where it stands."""
    from graphs.by_hand import Waiting, session

    keep(folder, HeldByHand(jury=court.jury, transcript=transcript))
    async with session(folder, court, transcript) as held:
        found = await (held.answered(answers) if answers else held.stands())
    return found if isinstance(found, Waiting) else Trial(transcript, found, court.jury.rubric.positives)
