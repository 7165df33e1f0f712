"""One case before one jury, for people who want to read the whole trial: a run of one case."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.docket import Docket, Matter, endpoints_of, prepare_case
from benchmarks.folders import JURIES
from benchmarks.gold.meanings import meanings_in
from benchmarks.held_by_hand import HeldByHand, keep
from benchmarks.judging import default_name
from benchmarks.manifest import FILE as MANIFEST
from benchmarks.manifest import differing, manifest_of, read_manifest, run_id
from benchmarks.results import Results, summed_up
from benchmarks.resuming import texts_for
from benchmarks.run_texts import RunTexts, reach_of
from benchmarks.runs import interview_of
from benchmarks.settings import RunSettings
from benchmarks.sittings import begun, judge_waiting, means_of
from benchmarks.sources import Loaded, load_case
from benchmarks.sources.labels import label_counts
from benchmarks.trial import Trial
from benchmarks.watcher import Watcher
from jury.errors import InputError
from jury.means import MEDIA, Means, make_folder
from jury.media import MediaStore
from jury.prompt_files import open_library
from jury.providers.human import people_on
from jury.records import Case, Jury, Target, Verdict
from jury.trials import trial_rows
from jury.verdicts import unjudged_verdict

if TYPE_CHECKING:
    from graphs.by_hand import Waiting
    from graphs.evaluation import Sitting


@dataclass(frozen=True)
class _Prepared:
    """A run of one case: its folder, within that of its ledger or the same, and what it is."""

    place: Path
    docket: Docket
    texts: RunTexts
    manifest: dict[str, Any]


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
    allow_base: tuple[str, ...] = (),
    unsafe_params: bool = False,
) -> "Trial | Waiting":
    """The trial of the case in a JSON file, as far as it goes. Raises `InputError` for bad input.

    It is kept in `out` as a run: in the folder itself, or, where another run is there, in a folder under its `juries`.
    Where people sit on the panel it may wait for them: `answers` are their ballots, as JSON, by question.
    """
    with tempfile.TemporaryDirectory(prefix="jury-") as passing:
        folder = out or Path(passing)
        make_folder(folder)
        asked = Target(model=target) if target else None
        settings = RunSettings(
            source=str(case),
            out=folder,
            target=asked,
            jury=jury,
            panel=panel,
            rule=rule,
            rubric=rubric,
            allow_base=allow_base,
            unsafe_params=unsafe_params,
        )
        prepared = _prepared(load_case(case, media=MediaStore(folder / MEDIA)), settings)
        if people_on(prepared.docket.jury) and out is None:
            raise InputError("a person sits on the panel, who may take days; keep the trial with --out DIR")
        return await _held(prepared, settings, answers or {})


def _prepared(case: Case, settings: RunSettings) -> _Prepared:
    """The run in the folder, or below it, that the settings are those of; a new one where there is none yet."""
    folder = settings.out
    begun = (path.parent for path in sorted((folder / JURIES).glob(f"*/{MANIFEST}")))
    for place in (folder, *begun):
        found = _prepared_in(place, case, settings)
        if not (place / MANIFEST).exists() or not differing(read_manifest(place), found.manifest):
            return found
    jury = prepare_case(case, settings, open_library(settings.prompts)).jury
    return _prepared_in(folder / JURIES / f"{default_name(jury)}-{case.content_hash[:8]}", case, settings)


def _prepared_in(place: Path, case: Case, settings: RunSettings) -> _Prepared:
    source = texts_for(place)
    docket = prepare_case(case, settings, source.library)
    texts = source.texts(reach_of(docket, settings.clerk), docket.matter.wrapper)
    return _Prepared(place, docket, texts, manifest_of(settings, docket, texts))


async def _held(run: _Prepared, settings: RunSettings, answers: Mapping[str, str]) -> "Trial | Waiting":
    from graphs.evaluation import Sitting

    docket, name = run.docket, run_id(run.manifest)
    speakers = (docket.matter.target, *docket.jury.panel.everybody)
    async with means_of(
        settings, settings.out, run.texts.library, run=name, asked=endpoints_of(docket), speakers=speakers
    ) as means:
        make_folder(run.place)
        async with begun(run.place, run.manifest, run.texts, docket.source, means.ledger):
            interview = interview_of(docket.matter.target, means)
            sitting = Sitting(means.courtroom(docket.jury), means.ledger, name, interview, name if interview else "")
            if people_on(docket.jury):
                waiting = await _with_people(sitting, docket, run.place, answers)
                if waiting is not None:
                    return waiting
            else:
                await judge_waiting(settings, docket.source, sitting, Watcher(), means, run.place)
            results = summed_up(run.place, means.ledger, name, run.manifest, docket)
            return _trial(results, docket.jury)


def _trial(results: Results, jury: Jury) -> Trial:
    (verdict,) = results.verdicts()
    return Trial(results.transcript(verdict), verdict, jury.rubric.positives)


async def _with_people(
    sitting: "Sitting", docket: Docket, folder: Path, answers: Mapping[str, str]
) -> "Waiting | None":
    """Whom the trial waits for; None once its verdict is kept."""
    from graphs.by_hand import Waiting, session
    from graphs.evaluation import answers_to, with_answers

    (case,) = docket.source.cases
    if case.id in sitting.ledger.finished(sitting.run):
        return None
    state = await answers_to(case, sitting)
    transcript = state["transcript"]
    found: Waiting | Verdict | None = unjudged_verdict(transcript, docket.jury, sitting.blocked)
    if found is None:
        keep(folder, HeldByHand(jury=docket.jury, transcript=transcript))
        async with session(folder, sitting.court, transcript) as held:
            found = await held.after(answers)
    if isinstance(found, Waiting):
        return found
    verdict = with_answers(found, state)
    await sitting.ledger.add_verdict(sitting.run, verdict, trial_rows(verdict))
    return None


async def go_on_by_hand(folder: Path, trial: HeldByHand, means: Means, answers: Mapping[str, str]) -> None:
    """Go on with a trial that waits in a folder; once it has a verdict, the run that it belongs to is summed up."""
    from graphs.by_hand import session
    from graphs.evaluation import Sitting

    if not (folder / MANIFEST).exists():  # one of an earlier release, which was no run
        async with session(folder, means.courtroom(trial.jury), trial.transcript) as held:
            await held.after(answers)
        return
    manifest = read_manifest(folder)
    docket, name = _docket_in(manifest, trial), run_id(manifest)
    answers_of = name if docket.matter.target else ""
    sitting = Sitting(means.courtroom(trial.jury), means.ledger, name, answers_of=answers_of)
    if await _with_people(sitting, docket, folder, answers) is None:
        summed_up(folder, means.ledger, name, manifest, docket)


def _docket_in(manifest: Mapping[str, Any], trial: HeldByHand) -> Docket:
    """The docket of a trial that is kept with its run's manifest."""
    known, target = manifest["data"], manifest["target"]
    case, asked = trial.transcript.case, Target.model_validate(target) if target else None
    source = Loaded(
        manifest["source"], (case,), label_counts((case,)), rubric=known["rubric"], rehearsal=known["rehearsal"]
    )
    matter = Matter(str(manifest["settings"].get("source", "")), source, asked)
    return Docket(matter, trial.jury, meanings_in(manifest, trial.jury.rubric))
