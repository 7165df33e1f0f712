"""Judging the answers of a finished run, by as many juries as are wanted; no target is asked again."""

import re
from pathlib import Path
from typing import Any

import orjson

from benchmarks.docket import jurors_of, prepare_matter, without_people
from benchmarks.kept import jury_folder, kept_answers
from benchmarks.manifest import as_begun, claim, manifest_of, run_id
from benchmarks.results import Results, summed_up
from benchmarks.settings import JudgeSettings
from benchmarks.sittings import judge_waiting, means_of, take_up
from benchmarks.watcher import Watcher
from jury.gateway.transport import Transport
from jury.logs import log_to_stderr_unless_set_up
from jury.means import make_folder
from jury.prompt_files import open_library
from jury.records import Jury, PanelWritten, PlanWritten, Record
from jury.stopping import run_to_end
from jury.yaml_files import build


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
    return run_to_end(judged(build(JudgeSettings, stated, "judge")))


async def judged(
    settings: JudgeSettings, watcher: Watcher | None = None, transport: Transport | None = None
) -> Results:
    """The results inside an event loop; `watcher` hears of progress, `transport` replaces LiteLLM."""
    from graphs.evaluation import Sitting

    log_to_stderr_unless_set_up()
    shelf = open_library(settings.prompts)
    kept = await kept_answers(settings.run)
    docket = without_people(prepare_matter(kept.matter, settings, shelf))
    folder = jury_folder(settings.run, settings.name or default_name(docket.jury))
    docket = as_begun(docket, folder)
    manifest = {**manifest_of(kept.settings(settings, folder), docket, shelf), "answers_of": kept.run}
    name = run_id(manifest)
    async with means_of(
        settings,
        settings.run,
        shelf,
        run=name,
        asked=jurors_of(docket),
        clerk=settings.clerk,
        screen=settings.screen,
        transport=transport,
    ) as means:
        make_folder(folder)
        claim(folder, manifest, "--name")
        take_up(folder, manifest, docket.source, means.ledger, name)
        await means.ledger.add_run(name, orjson.dumps(manifest).decode(), docket.source.cases)
        answers_of = kept.run if docket.matter.target else ""
        sitting = Sitting(
            means.courtroom(docket.jury), means.ledger, name, answers_of=answers_of, blocked=settings.blocked
        )
        await judge_waiting(settings, docket.source, sitting, watcher or Watcher(), means, folder)
        return summed_up(folder, means.ledger, name, manifest, docket)


def default_name(jury: Jury) -> str:
    """What a jury's verdicts are kept under if nothing is said: its name, and enough of its hash to tell it from others."""
    called = re.sub(r"[^A-Za-z0-9_-]+", "-", jury.name).strip("-") or "jury"
    return f"{called}-{jury.content_hash[:8]}"
