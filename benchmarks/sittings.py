"""One sitting of a run: its means, the cases still to be judged, and what must not have changed since the last."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from benchmarks.collection import unhurried_collection
from benchmarks.gold.corrections import Corrections, read_corrections, write_corrections
from benchmarks.manifest import update_manifest
from benchmarks.resuming import claim, release
from benchmarks.run_texts import RunTexts
from benchmarks.settings import CallSettings, JudgeSettings, RunSettings
from benchmarks.sources import Loaded
from benchmarks.watcher import Watcher
from jury.errors import InputError, JuryError, StoppedEarlyError, UnreachableModelError
from jury.gateway.attempts import Patience
from jury.gateway.pace.limits_file import load_limits
from jury.gateway.route.abilities import load_models
from jury.gateway.route.transport import check_providers
from jury.gateway.spending.budget import Limits
from jury.gateway.transport import Transport
from jury.ledger import Ledger
from jury.means import Means, Showing, opened
from jury.records import Endpoint, ModelSettings, Verdict
from jury.screening import USUAL, Screen
from jury.tracing import run_span
from jury.trust.permissions import permissions_of
from prompts import Library

if TYPE_CHECKING:
    from graphs.evaluation import Sitting


@asynccontextmanager
async def means_of(
    settings: CallSettings,
    folder: Path,
    shelf: Library,
    *,
    run: str,
    asked: Iterable[Endpoint],
    clerk: Endpoint | None = None,
    screen: Screen = USUAL,
    ask_without: bool = False,
    store: str | None = None,
    transport: Transport | None = None,
    speakers: Iterable[ModelSettings | None] = (),
) -> AsyncIterator[Means]:
    """The means in a folder for a run and the models that will be `asked` in it; `store` is a new folder's database.

    `speakers` are the settings they are asked with. Raises `InputError` for a model that can't be asked, or not within
    limits, or whose host or params need a permission that the user has not given.
    """
    named = list(dict.fromkeys([*asked, *([clerk] if clerk else [])]))
    patience, models = _patience(settings), load_models(settings.models) if settings.models else {}
    limits = Limits(settings.max_cost, settings.max_tokens, settings.max_calls)
    permissions = permissions_of(settings.allow_base, unsafe_params=settings.unsafe_params)
    permissions.check([*(one for one in speakers if one is not None), *named])
    if transport is None:
        check_providers(named)
    async with opened(
        folder,
        shelf,
        patience=patience,
        transport=transport,
        limits=limits,
        models=models,
        showing=Showing(settings.edge, clerk, screen, ask_without),
        run=run,
        store=store,
        permissions=permissions,
    ) as means:
        means.gateway.budget.check(named)
        yield means


async def judge_waiting(
    settings: RunSettings | JudgeSettings,
    source: Loaded,
    sitting: "Sitting",
    watcher: Watcher,
    means: Means,
    folder: Path,
) -> None:
    """Bring every case that has no verdict yet before the jury; `folder` is told where each was judged."""
    from benchmarks.engines import ENGINES, Work
    from benchmarks.engines.whereabouts import Place, whereabouts

    judge = ENGINES.get(settings.engine)
    if settings.retry_invalid:
        means.ledger.forget_invalid(sitting.run, answers=sitting.interview is not None)
    done = means.ledger.finished(sitting.run)
    watcher.opened(source, len(done), len(means.ledger.withdrawn(sitting.run)))
    waiting = [case for case in source.cases if case.id not in done]
    with unhurried_collection(), run_span(sitting.run, "judge"), whereabouts(folder) as notes:

        def finished(verdict: Verdict, place: Place) -> None:
            notes.note(verdict.case_id, place)
            watcher.finished(verdict)

        work = Work(
            waiting,
            sitting,
            means,
            in_flight=min(settings.in_flight, max(1, len(waiting))),
            finished=finished,
            case_timeout=settings.case_timeout,
            workers=settings.workers,
            address=settings.address,
        )
        await judge(work)


@asynccontextmanager
async def begun(
    folder: Path,
    manifest: Mapping[str, Any],
    texts: RunTexts,
    source: Loaded,
    ledger: Ledger,
    chosen_by: str = "--out",
) -> AsyncIterator[str]:
    """The id of the run in a folder, new or resumed, kept there with its cases.

    A run that is stopped before it made a call leaves its folder free for another. So does one without a verdict whose
    model can't be asked: its calls stay, and are found by the same command with the right name. Raises `InputError` if
    another run is there.
    """
    name = claim(folder, dict(manifest), texts, chosen_by)
    take_up(folder, manifest, source, ledger, name)
    await ledger.add_run(name, orjson.dumps(manifest).decode(), source.cases)
    try:
        yield name
    except StoppedEarlyError as reason:
        with suppress(JuryError):  # a store that others hold, or that is the reason to stop, stays as it is
            if ledger.free(name, answered=isinstance(reason, UnreachableModelError)):
                release(folder, texts)
        raise


def take_up(folder: Path, manifest: Mapping[str, Any], source: Loaded, ledger: Ledger, name: str) -> None:
    """Check that a folder's run goes on over its cases, and note how its source reads now. Raises `InputError`.

    Rows that could not be read, or had no answer, and were mended since are judged anew: what the ledger has of them goes.
    """
    corrections, mended = check_unchanged(source, ledger, name)
    if mended:
        ledger.drop_cases(name, mended)
    here = {case.id for case in source.cases}
    elsewhere = {case: labels for case, labels in read_corrections(folder).items() if case not in here}
    write_corrections(folder, {**elsewhere, **corrections})
    update_manifest(folder, manifest)


def check_unchanged(source: Loaded, ledger: Ledger, name: str) -> tuple[Corrections, list[str]]:
    """The labels that are no longer those in the run's ledger, and the cases that nothing was made of and that changed.

    Labels may change, cases be withdrawn and others added. Raises `InputError` where a case is another one under the same
    id, or no case is one of the run's: that is another set.
    """
    here = {case.id: case for case in source.cases}
    known: set[str] = set()
    corrections, mended = {}, []
    for case_id, record in ledger.case_records(name):
        case = here.get(case_id)
        known.add(case_id)
        if case is None or case.to_json().decode() == record:
            continue
        if ledger.case(name, case_id).content_hash == case.content_hash:
            corrections[case_id] = case.gold
        elif ledger.is_settled(name, case_id):
            raise InputError(
                f"{source.name}: case {case_id!r} has changed since the run in this folder began; choose another --out"
            )
        else:
            mended.append(case_id)
    if known and known.isdisjoint(here):
        raise InputError(
            f"{source.name}: no case is of the set that the run in this folder judges (case {next(iter(here), '')!r}); "
            "choose another --out"
        )
    return corrections, mended


def _patience(settings: CallSettings) -> Patience:
    return Patience(
        tries=settings.tries,
        timeout=settings.timeout,
        rate_limit=settings.patience,
        per_model=settings.per_model,
        adaptive=settings.adaptive,
        limits=load_limits(settings.limits) if settings.limits else {},
    )
