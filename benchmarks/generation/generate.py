"""A sitting: the stages that are named, one after another, and the set as it then is.

    taxonomy ──► queries ──► images ──► speech ──► published folder

Each stage replays what earlier sittings paid for and adds what is missing, so the same settings end with the same set.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import orjson

from benchmarks.generation import images, queries, speech, taxonomy
from benchmarks.generation.desk import Desk
from benchmarks.generation.plan import Plan, read_plan, write_plan
from benchmarks.generation.planning import planned, seated
from benchmarks.generation.publishing import publish_set
from benchmarks.generation.settings import GenerationSettings
from benchmarks.generation.texts import reach_of_stages, reach_of_taxonomy, texts_of_set
from benchmarks.generation.watcher import Watcher
from benchmarks.generation.workings import workings
from jury.atomic import write_atomically
from jury.gateway.attempts import Patience
from jury.gateway.pace.limits_file import load_limits
from jury.gateway.route.abilities import load_models
from jury.gateway.route.transport import check_providers
from jury.gateway.spending.budget import Limits
from jury.gateway.transport import Transport
from jury.logs import log_to_stderr_unless_set_up
from jury.means import Means, make_folder, opened
from jury.media import MediaKind
from jury.panel import seats_of
from jury.providers import check_maker, is_rehearsal
from jury.records import Endpoint, Maker, ModelSettings
from jury.trust.permissions import Permissions, permissions_of
from prompts import Library

SUMMARY = "summary.json"


async def generate(
    settings: GenerationSettings, watcher: Watcher | None = None, transport: Transport | None = None
) -> dict[str, Any]:
    """Hold the stages that the settings name and publish what there is; returns the summary that is also written.

    `transport` replaces LiteLLM. Raises `InputError` for bad input and `StoppedEarlyError` where a budget is used up.
    """
    log_to_stderr_unless_set_up()
    texts = texts_of_set(settings)
    watcher, summary = watcher or Watcher(), {}
    if settings.taxonomy is not None:
        committee = seated(settings, read_plan(settings.out), texts.library)
        permissions = _permitted(settings, committee.panel.everybody)
        async with _means(settings, texts.library, committee.endpoints, (), transport, permissions) as means:
            own = texts.keep(reach_of_taxonomy(committee, settings.taxonomy))
            desk = Desk(settings, own, means, watcher)
            summary["taxonomy"] = await taxonomy.draw_up(desk, committee, settings.taxonomy)
            summary["usage"] = means.gateway.spent.model_dump(mode="json")
    if settings.taxonomy is None or _names_more(settings):
        plan = planned(settings, texts.library)
        asked = [*plan.committee.endpoints, *((critic, None) for critic in _critic(settings, plan))]
        permissions = _permitted(settings, [*plan.committee.panel.everybody, *_makers(settings)])
        async with _means(settings, texts.library, asked, makers_of(settings), transport, permissions) as means:
            own = texts.keep(reach_of_stages(settings, plan))
            write_plan(settings.out, plan)
            summary |= await _made(Desk(settings, own, means, watcher), plan)
    return _written_down(settings, summary)


def makers_of(settings: GenerationSettings) -> list[tuple[str, MediaKind]]:
    """The models that a sitting's stages paint and speak with."""
    painters: list[tuple[str, MediaKind]] = [(settings.images.painter, "image")] if settings.images else []
    voices = settings.speech.voices if settings.speech else None
    speakers: list[tuple[str, MediaKind]] = (
        [(one.model, "audio") for one in (voices.female, voices.male)] if voices else []
    )
    return [*painters, *speakers]


def _makers(settings: GenerationSettings) -> Iterator[Maker]:
    """How the painter and the voices are asked."""
    if settings.images is not None:
        yield settings.images.maker
    if settings.speech is not None:
        yield from (settings.speech.voices.female, settings.speech.voices.male)


def _permitted(settings: GenerationSettings, asked: Iterable[ModelSettings | Maker]) -> Permissions:
    """The user's permissions. Raises `InputError` for a model whose host or params need one that the user has not given."""
    permissions = permissions_of(settings.allow_base, unsafe_params=settings.unsafe_params)
    permissions.check(asked)
    return permissions


async def _made(desk: Desk, plan: Plan) -> dict[str, Any]:
    """What the stages after the taxonomy made, in numbers."""
    settings, summary = desk.settings, _heading(plan)
    if settings.queries is not None:
        summary["queries"] = await queries.write(desk, plan)
    if settings.images is not None:
        summary["images"] = await images.paint(desk, plan, settings.images)
    if settings.speech is not None:
        summary["speech"] = await speech.speak(desk, plan, settings.speech)
    summary["items"] = publish_set(desk, plan)
    summary["usage"] = desk.means.gateway.spent.model_dump(mode="json")
    return summary


def _heading(plan: Plan) -> dict[str, Any]:
    rehearsal = any(is_rehearsal(model) for model in plan.committee.models)
    return {"rehearsal": rehearsal, "committee": plan.committee.name}


def _critic(settings: GenerationSettings, plan: Plan) -> list[str]:
    """The model that looks at images, where one is named that is no member."""
    critic = settings.images.critic if settings.images else None
    members = {seat.name for seat in seats_of(plan.committee.panel.seats)}
    return [critic] if critic and critic != images.NOBODY and critic not in members else []


def _names_more(settings: GenerationSettings) -> bool:
    return any(stage is not None for stage in (settings.queries, settings.images, settings.speech))


@asynccontextmanager
async def _means(
    settings: GenerationSettings,
    library: Library,
    models: Iterable[Endpoint],
    makers: Iterable[tuple[str, MediaKind]],
    transport: Transport | None,
    permissions: Permissions,
) -> AsyncIterator[Means]:
    """The means in the set's workings, once it is known that they can do what is wanted."""
    facts = load_models(settings.models) if settings.models else {}
    asked, made = list(models), list(makers)
    for maker, _ in made:
        check_maker(maker)
    if transport is None:
        check_providers([*asked, *((maker, None) for maker, _ in made)])
    make_folder(workings(settings.out))
    async with opened(
        workings(settings.out),
        library,
        patience=_patience(settings),
        transport=transport,
        limits=Limits(settings.max_cost, settings.max_tokens, settings.max_calls),
        models=facts,
        permissions=permissions,
    ) as means:
        means.gateway.budget.check(asked, made)
        yield means


def _patience(settings: GenerationSettings) -> Patience:
    return Patience(
        tries=settings.tries,
        timeout=settings.timeout,
        rate_limit=settings.patience,
        per_model=settings.per_model,
        limits=load_limits(settings.limits) if settings.limits else {},
    )


def _written_down(settings: GenerationSettings, summary: dict[str, Any]) -> dict[str, Any]:
    write_atomically(workings(settings.out) / SUMMARY, [orjson.dumps(summary, option=orjson.OPT_INDENT_2)])
    return summary
