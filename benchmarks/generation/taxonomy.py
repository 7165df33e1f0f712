"""The first stage: a taxonomy of the committee's own, as a file that can be read and mended by hand."""

from typing import Any, cast

import orjson

from benchmarks.generation.desk import Desk
from benchmarks.generation.planning import TAXONOMY
from benchmarks.generation.settings import TaxonomyStage
from benchmarks.generation.workings import write_records
from jury.atomic import write_atomically
from jury.committee.assembly import Assembly
from jury.errors import InputError
from jury.panel import seats_of
from jury.providers import is_rehearsal
from jury.records import Committee, Taxonomy
from jury.shown import was_argued
from jury.taxonomies import load_taxonomy, write_taxonomy

#: What led to the taxonomy: every proposal, what was not kept and why, every vote; and who gave nothing how often.
PROPOSALS, REJECTED, VOTES, SILENT = "proposals.jsonl", "rejected.jsonl", "votes.jsonl", "silent.json"


async def draw_up(desk: Desk, committee: Committee, stage: TaxonomyStage) -> dict[str, Any]:
    """Have the committee draw up a taxonomy; returns its numbers.

    Raises `InputError` where nothing was kept, and where the folder's `taxonomy.yaml` is another: it may have been mended
    by hand.
    """
    assembly = Assembly(committee, desk.means.gateway, desk.library, desk.means.ledger.secret, stage)
    state = await _held(desk, assembly, stage.name or f"taxonomy of {committee.name}")
    taxonomy: Taxonomy | None = state["taxonomy"]
    write_records(desk.workings / PROPOSALS, state.get("proposals", []))
    write_records(desk.workings / REJECTED, state.get("rejected", ()))
    write_records(desk.workings / VOTES, state.get("verdicts", []))
    write_atomically(desk.workings / SILENT, [orjson.dumps(state["silent"], option=orjson.OPT_INDENT_2)])
    if taxonomy is None:
        raise InputError(
            f"committee {committee.name!r} kept no scenario; see {desk.workings / VOTES} and seat members who propose some"
        )
    _keep(desk, taxonomy)
    return _numbers(state, taxonomy, committee)


async def _held(desk: Desk, assembly: Assembly, name: str) -> dict[str, Any]:
    """The last state of the session."""
    from graphs.taxonomy import graph

    desk.watcher.began("steps of the taxonomy", None)
    state: dict[str, Any] = {}
    async for part in graph.astream({"name": name}, context=assembly, stream_mode=["updates", "values"]):
        kind, seen = cast("tuple[str, dict[str, Any]]", part)
        if kind == "values":
            state = seen
        else:
            desk.finished()
    return state


def _keep(desk: Desk, taxonomy: Taxonomy) -> None:
    path = desk.out / TAXONOMY
    if path.exists() and load_taxonomy(str(path)) != taxonomy:
        raise InputError(
            f"{path} is another taxonomy than this committee's, or was changed by hand; move it away or choose another --out"
        )
    write_taxonomy(path, taxonomy)


def _numbers(state: dict[str, Any], taxonomy: Taxonomy, committee: Committee) -> dict[str, Any]:
    names = {seat.id: seat.name for seat in seats_of(committee.panel.seats)}
    standings = [scenario.standing for scenario in taxonomy.scenarios if scenario.standing]
    return {
        "name": taxonomy.name,
        "rehearsal": any(is_rehearsal(model) for model in committee.models),
        "proposals": len(state["proposals"]),
        "groups": len(state["groups"]),
        "categories": len(taxonomy.categories),
        "scenarios": len(taxonomy.scenarios),
        "merged": sum(len(one.merged) > 1 for one in standings),
        "argued": sum(was_argued(verdict.rounds) for verdict in state["verdicts"]),
        "with_dissent": sum(bool(one.dissent) for one in standings),
        "rejected": len(state.get("rejected", ())),
        "silent": {names.get(seat, seat): causes for seat, causes in state["silent"].items()},
    }
