"""The main job: bring every case of a source before a jury, keep what comes out, and sum it up."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.docket import Docket, endpoints_of, prepare
from benchmarks.manifest import as_begun, manifest_of, run_id
from benchmarks.results import Results, summed_up
from benchmarks.resuming import texts_for
from benchmarks.run_texts import RunTexts, reach_of
from benchmarks.settings import RunSettings
from benchmarks.sittings import begun, judge_waiting, means_of
from benchmarks.watcher import Watcher
from jury.asking import Interview
from jury.gateway.transport import Transport
from jury.logs import log_to_stderr_unless_set_up
from jury.means import MEDIA, Means, make_folder
from jury.media import MediaStore
from jury.providers.functions import target_of
from jury.records import PanelWritten, PlanWritten, Record, Target
from jury.stopping import run_to_end
from jury.trust.bases import note_user_bases
from jury.yaml_files import build


def run(
    source: str | Path,
    *,
    out: str | Path,
    target: str | Target | Callable[..., Any] | None = None,
    jury: PlanWritten | Record = "trial",
    panel: PanelWritten | Record | None = None,
    **settings: Any,
) -> Results:
    """Judge a source and return its results; the same call again resumes.

    `source` is a folder, a JSONL or CSV file, or a suite's name; `target` a model, or a function that answers (see
    `function_target`; None: answers are recorded); `jury` and `panel` presets, YAML files, or what would stand in
    them; further settings are the fields of `RunSettings`. Raises `InputError` for bad input and `StoppedEarlyError` for a run that can be resumed.
    """
    asked = target_of(target)
    stated = {"source": str(source), "out": Path(out), "target": asked, "jury": jury, "panel": panel, **settings}
    note_user_bases(stated.values())
    return run_to_end(held(build(RunSettings, stated, "run")))


async def held(settings: RunSettings, watcher: Watcher | None = None, transport: Transport | None = None) -> Results:
    """The results of a run inside an event loop; `watcher` hears of progress, `transport` replaces LiteLLM."""
    log_to_stderr_unless_set_up()
    source = texts_for(settings.out, settings.prompts)
    make_folder(settings.out)
    docket = as_begun(prepare(settings, MediaStore(settings.out / MEDIA), source.library), settings.out)
    texts = source.texts(reach_of(docket, settings.clerk), docket.matter.wrapper)
    return await sat(settings, docket, texts, manifest_of(settings, docket, texts), watcher or Watcher(), transport)


async def sat(
    settings: RunSettings,
    docket: Docket,
    texts: RunTexts,
    manifest: dict[str, Any],
    watcher: Watcher,
    transport: Transport | None = None,
) -> Results:
    """The results of a run over a docket that is there already; `manifest` says what it is."""
    from graphs.evaluation import Sitting

    watcher.identified(manifest)
    name, asked = run_id(manifest), endpoints_of(docket)
    async with (
        means_of(
            settings,
            settings.out,
            texts.library,
            run=name,
            asked=asked,
            clerk=settings.clerk_endpoint,
            screen=settings.screen,
            ask_without=settings.ask_without,
            store=settings.store,
            transport=transport,
            speakers=(docket.matter.target, *docket.jury.panel.everybody),
        ) as means,
        begun(settings.out, manifest, texts, docket.source, means.ledger),
    ):
        interview = interview_of(docket.matter.target, means)
        sitting = Sitting(
            means.courtroom(docket.jury), means.ledger, name, interview, name if interview else "", settings.blocked
        )
        await judge_waiting(settings, docket.source, sitting, watcher, means, settings.out)
        return summed_up(settings.out, means.ledger, name, manifest, docket)


def interview_of(target: Target | None, means: Means) -> Interview | None:
    """How a target is asked with some means, None without a target."""
    return means.interview(target) if target else None
