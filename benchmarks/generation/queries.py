"""The queries of a set: every stream written in parallel, repetitions across streams replaced, the best kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.generation.plan import Plan, settled
from benchmarks.generation.settings import GenerationSettings
from benchmarks.generation.summary import summary_of
from benchmarks.generation.watcher import Watcher
from benchmarks.in_flight import each
from jury.atomic import write_atomically
from jury.committee.pool import without_repeats
from jury.committee.ranking import ranked
from jury.committee.scribe import Scribe
from jury.committee.workshop import Workshop
from jury.committee.writing import Commission
from jury.committees import load_committee
from jury.errors import InputError
from jury.gateway.attempts import Patience
from jury.gateway.pace.limits_file import load_limits
from jury.gateway.route.abilities import load_models
from jury.gateway.route.transport import check_providers
from jury.gateway.spending.budget import Limits
from jury.gateway.transport import Transport
from jury.means import Means, make_folder, opened
from jury.prompt_files import open_library
from jury.records import Attempt, Committee, Query, Taxonomy
from jury.taxonomies import load_taxonomy
from jury.techniques import load_technique
from prompts import Library

#: Every query that was written, kept or not; and the kept ones as cases that `jury run` takes.
QUERIES, DATA, SUMMARY = "queries.jsonl", "data.jsonl", "summary.json"


@dataclass
class _Streams:
    """What has been written so far, by stream."""

    commissions: dict[str, Commission]
    wanted: dict[str, int]
    queries: dict[str, list[Query]]
    attempts: dict[str, list[Attempt]]


async def generate_queries(
    settings: GenerationSettings, watcher: Watcher | None = None, transport: Transport | None = None
) -> dict[str, Any]:
    """Write the queries that the settings and the folder's plan ask for; returns the summary that is also written.

    `transport` replaces LiteLLM. Raises `InputError` for bad input and `StoppedEarlyError` where a budget is used up.
    """
    library = open_library(settings.prompts)
    committee, taxonomy = load_committee(settings.committee, library), load_taxonomy(settings.taxonomy)
    _check_size(committee, settings)
    make_folder(settings.out)
    if transport is None:
        check_providers(committee.models)
    plan = settled(settings.out, _plan(settings, committee, taxonomy, library))
    async with opened(
        settings.out,
        library,
        patience=_patience(settings),
        transport=transport,
        limits=Limits(settings.max_cost, settings.max_tokens, settings.max_calls),
        models=load_models(settings.models) if settings.models else {},
    ) as means:
        means.gateway.budget.check(committee.models)
        shop = Workshop(committee, means.gateway, Scribe(library, means.ledger.secret), settings.queries)
        streams = _streams(plan, taxonomy, library)
        closed = await _written(streams, shop, settings, watcher or Watcher())
        return _published(settings.out, closed, streams, shop, taxonomy, means)


def streams_of(settings: GenerationSettings, library: Library) -> tuple[Commission, ...]:
    """The streams that a sitting names, in the taxonomy's order. Raises `InputError`."""
    committee, taxonomy = load_committee(settings.committee, library), load_taxonomy(settings.taxonomy)
    _check_size(committee, settings)
    return tuple(_streams(_plan(settings, committee, taxonomy, library), taxonomy, library).commissions.values())


def _plan(settings: GenerationSettings, committee: Committee, taxonomy: Taxonomy, library: Library) -> Plan:
    known = [scenario.key for scenario in taxonomy.scenarios]
    for key in settings.scenarios:
        if key not in known:
            raise InputError(f"taxonomy {taxonomy.name!r} has no scenario {key!r}; it has: {', '.join(known)}")
    for language in settings.languages:
        if language not in library.languages():
            raise InputError(
                f"there are no prompts in language {language!r}; there are: {', '.join(library.languages())}"
            )
    for technique in settings.techniques:
        load_technique(technique, library)
    keys = [key for key in known if not settings.scenarios or key in settings.scenarios]
    wanted = {
        f"{key}/{language}/{technique}": settings.queries.per_scenario
        for key in keys
        for language in settings.languages
        for technique in settings.techniques
    }
    return Plan(
        taxonomy=taxonomy.content_hash,
        panel=committee.panel.content_hash,
        queries=settings.queries.but(per_scenario=1).content_hash,
        prompts=library.sha256,
        wanted=wanted,
    )


def _check_size(committee: Committee, settings: GenerationSettings) -> None:
    members, needed = len(committee.panel.seats), settings.queries.scorers + 1
    if members < needed:
        raise InputError(
            f"committee {committee.name!r} has {members} member(s), but an author and {settings.queries.scorers} others "
            f"who grade are needed; seat {needed} or lower --scorers"
        )


def _patience(settings: GenerationSettings) -> Patience:
    return Patience(
        tries=settings.tries,
        timeout=settings.timeout,
        per_model=settings.per_model,
        limits=load_limits(settings.limits) if settings.limits else {},
    )


def _streams(plan: Plan, taxonomy: Taxonomy, library: Library) -> _Streams:
    """The streams of the plan in the taxonomy's order."""
    scenarios = {scenario.key: (place, scenario) for place, scenario in enumerate(taxonomy.scenarios)}
    names = sorted(plan.wanted, key=lambda name: (scenarios[name.split("/")[0]][0], name))
    commissions = {}
    for name in names:
        key, language, technique = name.split("/")
        guidance = load_technique(technique, library).guidance[language]
        commissions[name] = Commission(scenarios[key][1], language, technique, guidance)
    return _Streams(commissions, {name: plan.wanted[name] for name in names}, {}, {})


async def _written(
    streams: _Streams, shop: Workshop, settings: GenerationSettings, watcher: Watcher
) -> dict[str, tuple[Query, ...]]:
    """Every stream's queries with their ranks. A stream that lost some to an earlier one writes on, wave by wave."""
    from graphs.queries import graph

    goals = {name: settings.queries.but(per_scenario=keep).pool for name, keep in streams.wanted.items()}
    asked = dict(goals)
    short = list(goals)

    async def write(name: str) -> None:
        state = await graph.ainvoke({"commission": streams.commissions[name], "wanted": asked[name]}, context=shop)
        streams.queries[name], streams.attempts[name] = state["queries"], state["attempts"]
        watcher.finished(shop.gateway.spent)

    while short:
        watcher.began(len(short))
        await each(short, write, settings.in_flight)
        closed = without_repeats({name: streams.queries[name] for name in goals}, settings.queries.similarity)
        missing = {name: goals[name] - _kept(closed[name]) for name in goals}
        short = [name for name in goals if missing[name] > 0 and _kept(streams.queries[name]) >= asked[name]]
        asked.update({name: _kept(streams.queries[name]) + missing[name] for name in short})
    return {name: ranked(queries, streams.wanted[name], settings.queries.diversity) for name, queries in closed.items()}


def _kept(queries: list[Query] | tuple[Query, ...]) -> int:
    return sum(query.kept for query in queries)


def _published(
    out: Path,
    closed: dict[str, tuple[Query, ...]],
    streams: _Streams,
    shop: Workshop,
    taxonomy: Taxonomy,
    means: Means,
) -> dict[str, Any]:
    queries = [query for stream in closed.values() for query in stream]
    write_atomically(out / QUERIES, (query.to_json() + b"\n" for query in queries))
    write_atomically(out / DATA, (orjson.dumps(_row(query, taxonomy)) + b"\n" for query in queries if query.kept))
    attempts = [attempt for stream in streams.attempts.values() for attempt in stream]
    summary = summary_of(closed, streams.wanted, attempts, shop.committee, means.gateway.spent)
    write_atomically(out / SUMMARY, [orjson.dumps(summary, option=orjson.OPT_INDENT_2)])
    return summary


def _row(query: Query, taxonomy: Taxonomy) -> dict[str, Any]:
    """A kept query as a case that `jury run` takes."""
    return {
        "id": query.id,
        "prompt": query.draft.text,
        "language": query.language,
        "scenario": query.scenario,
        "category": taxonomy.category_of(query.scenario).key,
        "technique": query.technique,
    }
