"""The main job: bring every case of a source before a jury, keep what comes out, and sum it up."""

import asyncio
from pathlib import Path
from typing import Any

import orjson

from benchmarks.collection import unhurried_collection
from benchmarks.docket import Docket, prepare
from benchmarks.manifest import claim, manifest_of
from benchmarks.results import Results, summed_up
from benchmarks.settings import RunSettings
from jury.errors import InputError
from jury.gateway.attempts import Patience
from jury.gateway.pace.limits_file import load_limits
from jury.gateway.route.abilities import load_models
from jury.gateway.route.transport import check_providers
from jury.gateway.spending.budget import Limits
from jury.gateway.transport import Transport
from jury.logs import log_to_stderr_unless_set_up
from jury.means import MEDIA, Means, Showing, make_folder, opened
from jury.media import MediaStore
from jury.prompt_files import open_library
from jury.records import Case, Target, Verdict
from jury.yaml_files import build


class Watcher:
    """Hears what happens in a run; the base class keeps quiet."""

    def opened(self, docket: Docket, done: int) -> None:
        """A run begins or goes on, with so many of its cases finished already."""

    def finished(self, verdict: Verdict) -> None:
        """One more case has a verdict, and it is on disk."""


def run(
    source: str | Path,
    *,
    out: str | Path,
    target: str | Target | None = None,
    jury: str = "trial",
    panel: str | None = None,
    **settings: Any,
) -> Results:
    """Judge a source and return its results; the same call again resumes.

    `source` is a folder, a JSONL or CSV file, or a suite's name; `target` a model (None: answers are recorded);
    `jury` and `panel` presets or YAML files; further settings are the fields of `RunSettings`.
    Raises `InputError` for bad input and `StoppedEarlyError` for a run that can be resumed.
    """
    asked = {"model": target} if isinstance(target, str) else target
    stated = {"source": str(source), "out": Path(out), "target": asked, "jury": jury, "panel": panel, **settings}
    return asyncio.run(held(build(RunSettings, stated, "run")))


async def held(settings: RunSettings, watcher: Watcher | None = None, transport: Transport | None = None) -> Results:
    """The results of a run inside an event loop; `watcher` hears of progress, `transport` replaces LiteLLM."""
    log_to_stderr_unless_set_up()
    shelf = open_library(settings.prompts)
    make_folder(settings.out)
    patience = _patience(settings)
    models = load_models(settings.models) if settings.models else {}
    docket = prepare(settings, MediaStore(settings.out / MEDIA), shelf)
    if transport is None:
        check_providers(models_of(settings, docket))
    manifest = manifest_of(settings, docket, shelf)
    name = claim(settings.out, manifest)
    limits = Limits(settings.max_cost, settings.max_tokens, settings.max_calls)
    showing = Showing(settings.edge, settings.clerk)
    async with opened(
        settings.out, shelf, patience=patience, transport=transport, limits=limits, models=models, showing=showing
    ) as means:
        means.gateway.budget.check(models_of(settings, docket))
        _check_unchanged(docket, means, name)
        await means.ledger.add_run(name, orjson.dumps(manifest).decode(), docket.source.cases)
        await _judge(settings, docket, means, name, watcher or Watcher())
        return summed_up(settings.out, means.ledger, name, manifest, docket)


def models_of(settings: RunSettings, docket: Docket) -> list[str]:
    """Every model that a run may ask, the target first."""
    asked = [settings.target.model] if settings.target else []
    clerk = [settings.clerk] if settings.clerk else []
    return list(dict.fromkeys([*asked, *(juror.model for juror in docket.jury.panel.everybody), *clerk]))


def _patience(settings: RunSettings) -> Patience:
    return Patience(
        tries=settings.tries,
        timeout=settings.timeout,
        per_model=settings.per_model,
        adaptive=settings.adaptive,
        limits=load_limits(settings.limits) if settings.limits else {},
    )


async def _judge(settings: RunSettings, docket: Docket, means: Means, name: str, watcher: Watcher) -> None:
    from benchmarks.engine import judge
    from graphs.evaluation import Sitting

    if settings.retry_invalid:
        means.ledger.forget_invalid(name)
    done = means.ledger.finished(name)
    watcher.opened(docket, len(done))
    waiting: list[Case] = [case for case in docket.source.cases if case.id not in done]
    sitting = Sitting(means.courtroom(docket.jury), settings.target, means.ledger, name)
    with unhurried_collection():
        await judge(
            waiting,
            sitting,
            in_flight=min(settings.in_flight, max(1, len(waiting))),
            finished=watcher.finished,
            case_timeout=settings.case_timeout,
        )


def _check_unchanged(docket: Docket, means: Means, name: str) -> None:
    """A run goes on over the cases it began with: the same, more of them, or fewer, but no others."""
    known = means.ledger.case_hashes(name)
    here = {case.id: case.content_hash for case in docket.source.cases}
    changed = [case_id for case_id in here if known.get(case_id, here[case_id]) != here[case_id]]
    if changed:
        raise InputError(
            f"{docket.source.name}: case {changed[0]!r} has changed since the run in this folder began; choose another --out"
        )
    if not (known.keys() <= here.keys() or here.keys() <= known.keys()):
        stray = next(case_id for case_id in here if case_id not in known)
        raise InputError(
            f"{docket.source.name}: case {stray!r} is not of the set that the run in this folder judges; choose another --out"
        )
