"""Judging the answers of a finished run, by as many juries as are wanted; no target is asked again."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.docket import Docket, jurors_of, prepare_matter, without_people
from benchmarks.folders import JURIES
from benchmarks.kept import Kept, jury_folder, kept_answers
from benchmarks.manifest import FILE as MANIFEST
from benchmarks.manifest import as_begun, jury_in, manifest_of, read_manifest, run_id
from benchmarks.results import Results, summed_up
from benchmarks.resuming import texts_for
from benchmarks.run_texts import RunTexts, reach_of
from benchmarks.settings import JudgeSettings
from benchmarks.sittings import begun, judge_waiting, means_of
from benchmarks.watcher import Watcher
from jury.errors import InputError
from jury.gateway.transport import Transport
from jury.logs import log_to_stderr_unless_set_up
from jury.means import make_folder
from jury.prompt_files import open_library
from jury.records import Jury, PanelWritten, PlanWritten, Record
from jury.stopping import run_to_end
from jury.trust.bases import note_user_bases
from jury.yaml_files import build
from prompts import Library


def judge(
    run: str | Path,
    *,
    jury: PlanWritten | Record = "trial",
    panel: PanelWritten | Record | None = None,
    name: str | None = None,
    **settings: Any,
) -> Results:
    """Judge the answers in a run's folder by one more jury and return its results; the same call again resumes.

    What it finds is kept in the run's `juries/<name>`, its calls in the run's ledger, so that juries share what they
    have in common. Further settings are the fields of `JudgeSettings`. Raises `InputError` and `StoppedEarlyError`.
    """
    stated = {"run": Path(run), "jury": jury, "panel": panel, "name": name, **settings}
    note_user_bases(stated.values())
    return run_to_end(judged(build(JudgeSettings, stated, "judge")))


async def judged(
    settings: JudgeSettings, watcher: Watcher | None = None, transport: Transport | None = None
) -> Results:
    """The results inside an event loop; `watcher` hears of progress, `transport` replaces LiteLLM."""
    from graphs.evaluation import Sitting

    log_to_stderr_unless_set_up()
    kept = await kept_answers(settings.run)
    folder, texts, docket = prepare_jury(settings, kept)
    manifest = {**manifest_of(kept.settings(settings, folder), docket, texts), "answers_of": kept.run}
    name, watcher = run_id(manifest), watcher or Watcher()
    watcher.identified(manifest)
    async with means_of(
        settings,
        settings.run,
        texts.library,
        run=name,
        asked=jurors_of(docket),
        clerk=settings.clerk_endpoint,
        screen=settings.screen,
        transport=transport,
        speakers=docket.jury.panel.everybody,
    ) as means:
        make_folder(folder)
        async with begun(folder, manifest, texts, docket.source, means.ledger, "--name"):
            answers_of = kept.run if docket.matter.target else ""
            sitting = Sitting(
                means.courtroom(docket.jury), means.ledger, name, answers_of=answers_of, blocked=settings.blocked
            )
            await judge_waiting(settings, docket.source, sitting, watcher, means, folder)
            return summed_up(folder, means.ledger, name, manifest, docket)


def prepare_jury(settings: JudgeSettings, kept: Kept) -> tuple[Path, RunTexts, Docket]:
    """The folder of a further jury, its texts, and what it judges. Raises `InputError` like a run's preparation."""
    folder = _unnamed(settings, kept) if settings.name is None else jury_folder(settings.run, settings.name)
    source = texts_for(folder, settings.prompts)
    docket = as_begun(_docket(settings, kept, source.library), folder)
    return folder, source.texts(reach_of(docket, settings.clerk, asked=False), docket.matter.wrapper), docket


def _docket(settings: JudgeSettings, kept: Kept, library: Library) -> Docket:
    return without_people(prepare_matter(kept.matter, settings, library))


def _unnamed(settings: JudgeSettings, kept: Kept) -> Path:
    """The folder of a jury without a name: its default name's, or that in which it has begun under earlier texts.

    A default name is a hash over the jury with its rubric's words, which may have changed in the library since.
    """
    try:
        jury = _docket(settings, kept, open_library(settings.prompts)).jury
    except InputError:
        for folder in _begun(settings.run):
            with suppress(InputError):
                if _is_named_so(settings, kept, folder):
                    return folder
        raise
    usual = jury_folder(settings.run, default_name(jury))
    if (usual / MANIFEST).exists():
        return usual
    alike = (folder for folder, begun in _begun(settings.run).items() if begun.but(rubric=jury.rubric) == jury)
    return next((folder for folder in alike if _is_named_so(settings, kept, folder)), usual)


def _begun(run: Path) -> dict[Path, Jury]:
    """The juries in a run's folder that keep their texts; those that can't be read are no concern of another one."""
    found = {}
    for path in sorted((run / JURIES).glob(f"*/{MANIFEST}")):
        with suppress(InputError):
            manifest = read_manifest(path.parent)
            if "texts" in manifest:
                found[path.parent] = jury_in(manifest, path.parent)
    return found


def _is_named_so(settings: JudgeSettings, kept: Kept, folder: Path) -> bool:
    """Whether the jury that settings state has a folder's name by default, under the texts that are kept there."""
    own = texts_for(folder, settings.prompts).library
    return default_name(_docket(settings, kept, own).jury) == folder.name


def default_name(jury: Jury) -> str:
    """What a jury's verdicts are kept under if nothing is said: its name, and enough of its hash to tell it from others."""
    called = re.sub(r"[^A-Za-z0-9_-]+", "-", jury.name).strip("-") or "jury"
    return f"{called}-{jury.content_hash[:8]}"
