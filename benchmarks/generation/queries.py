"""The second stage: every stream of queries written in parallel, repetitions across streams replaced, the best kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.generation.desk import Desk
from benchmarks.generation.plan import Plan
from benchmarks.generation.summary import queries_in_numbers
from benchmarks.generation.workings import ATTEMPTS, QUERIES, write_records
from benchmarks.in_flight import each
from jury.committee.pool import without_repeats
from jury.committee.ranking import ranked
from jury.committee.settings import QuerySettings
from jury.committee.workshop import Workshop
from jury.committee.writing import Commission
from jury.records import Attempt, Query
from jury.techniques import load_technique
from prompts import Library


@dataclass
class _Streams:
    """What has been written so far, by stream."""

    commissions: Mapping[str, Commission]
    queries: dict[str, list[Query]] = field(default_factory=dict)
    attempts: dict[str, list[Attempt]] = field(default_factory=dict)


async def write(desk: Desk, plan: Plan) -> dict[str, Any]:
    """Write the queries that the plan wants; returns their numbers. Raises `StoppedEarlyError` where a budget is used up."""
    shop = Workshop(plan.committee, desk.means.gateway, desk.scribe, plan.queries)
    streams = _Streams(commissions_of(plan, desk.library))
    closed = await _written(desk, plan, shop, streams)
    attempts = [attempt for name in streams.commissions for attempt in streams.attempts[name]]
    write_records(desk.workings / QUERIES, (query for stream in closed.values() for query in stream))
    write_records(desk.workings / ATTEMPTS, attempts)
    return queries_in_numbers(closed, plan.wanted, attempts, plan.committee)


def commissions_of(plan: Plan, library: Library) -> dict[str, Commission]:
    """The streams of a plan by name, in the taxonomy's order. Raises `InputError`."""
    scenarios = {scenario.key: (place, scenario) for place, scenario in enumerate(plan.taxonomy.scenarios)}
    commissions = {}
    for name in sorted(plan.wanted, key=lambda name: (scenarios[name.split("/")[0]][0], name)):
        key, language, technique = name.split("/")
        guidance = load_technique(technique, library).guidance[language]
        commissions[name] = Commission(scenarios[key][1], language, technique, guidance)
    return commissions


def pool_of(settings: QuerySettings, wanted: int) -> int:
    """How many distinct graded queries a stream needs before the best are chosen."""
    return settings.but(per_scenario=wanted).pool


async def _written(desk: Desk, plan: Plan, shop: Workshop, streams: _Streams) -> dict[str, tuple[Query, ...]]:
    """Every stream's queries with their ranks. A stream that lost some to an earlier one writes on, wave by wave."""
    from graphs.queries import graph

    goals = {name: pool_of(plan.queries, plan.wanted[name]) for name in streams.commissions}
    asked = dict(goals)
    short = list(goals)

    async def write_on(name: str) -> None:
        state = await graph.ainvoke({"commission": streams.commissions[name], "wanted": asked[name]}, context=shop)
        streams.queries[name], streams.attempts[name] = state["queries"], state["attempts"]
        desk.finished()

    while short:
        desk.watcher.began("streams of queries", len(short))
        await each(short, write_on, desk.settings.in_flight)
        closed = without_repeats({name: streams.queries[name] for name in goals}, plan.queries.similarity)
        missing = {name: goals[name] - _kept(closed[name]) for name in goals}
        short = [name for name in goals if missing[name] > 0 and _kept(streams.queries[name]) >= asked[name]]
        asked.update({name: _kept(streams.queries[name]) + missing[name] for name in short})
    return {name: ranked(queries, plan.wanted[name], plan.queries.diversity) for name, queries in closed.items()}


def _kept(queries: list[Query] | tuple[Query, ...]) -> int:
    return sum(query.kept for query in queries)
