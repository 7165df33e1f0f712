"""The third stage: an image for every panel of every kept query, where its policy allows one."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from benchmarks.generation.desk import Desk
from benchmarks.generation.plan import Plan
from benchmarks.generation.settings import ImageStage
from benchmarks.generation.summary import made_in_numbers
from benchmarks.generation.workings import DRAWINGS, QUERIES, read_records, write_records
from benchmarks.in_flight import each
from jury.committee.scribe import Scribe
from jury.gateway.call import Gateway
from jury.illustrating import TEMPLATES, Easel, Motif, first_who_sees
from jury.panel import Seat, seats_of
from jury.records import Committee, Drawing, Juror, Query
from jury.techniques import load_technique
from jury.variants import choice_of, panels_of
from prompts import Library

#: How a sitting says that nobody is to look at its images.
NOBODY = "none"


async def paint(desk: Desk, plan: Plan, stage: ImageStage) -> dict[str, Any]:
    """Have every kept query pictured; returns the numbers of images. Raises `StoppedEarlyError` where a budget is used up."""
    from graphs.images import Sitting, graph

    easel = _easel(desk, plan, stage)
    if easel.critic is None and stage.critic != NOBODY:
        desk.watcher.warned(
            "no member of the committee sees images, so nobody looks at them; name a --critic, or `none`"
        )
    kept = [query for query in read_records(desk.workings / QUERIES, Query) if query.kept]
    motifs = [motif for query in kept for motif in motifs_of(query, desk.library)]
    drawn: dict[tuple[str | int, ...], Drawing] = {}

    async def draw(motif: Motif) -> None:
        panel: Sitting = {
            "query": motif.query,
            "panel": motif.panel,
            "words": motif.words,
            "guidance": motif.guidance,
            "silent": motif.silent,
        }
        state = await graph.ainvoke(panel, context=easel)
        drawn[motif.place] = state["drawing"]
        desk.finished()

    desk.watcher.began("images", len(motifs))
    await each(motifs, draw, desk.settings.in_flight)
    drawings = [drawn[motif.place] for motif in motifs]
    write_records(desk.workings / DRAWINGS, drawings)
    return _numbers(drawings, easel)


def motifs_of(query: Query, library: Library) -> tuple[Motif, ...]:
    """What is to be pictured for a query: each of its panels, under its technique's guidance.

    Where there is a choice of answers, no caption may name one.
    """
    guidance = load_technique(query.technique, library).image.get(query.language, "")
    silent = choice_of(query.draft.text) is not None
    return tuple(Motif(query, words, panel, guidance, silent) for panel, words in enumerate(panels_of(query)))


def critic_of(stage: ImageStage, committee: Committee, gateway: Gateway) -> Seat | None:
    """Who looks at images: the member or the model that is named, else the first member who sees; None for nobody."""
    seats = seats_of(committee.panel.seats)
    if stage.critic is None:
        return first_who_sees(seats, gateway)
    if stage.critic == NOBODY:
        return None
    member = next((seat for seat in seats if seat.name == stage.critic), None)
    return member or seats_of((Juror(name="the critic", model=stage.critic, api_base=stage.critic_base),))[0]


def _easel(desk: Desk, plan: Plan, stage: ImageStage) -> Easel:
    gateway = desk.means.gateway
    return Easel(
        gateway=gateway,
        taxonomy=plan.taxonomy,
        scribe=Scribe(desk.library, desk.means.ledger.secret, TEMPLATES),
        interpreters=seats_of(plan.committee.panel.seats),
        painter=stage.maker,
        critic=critic_of(stage, plan.committee, gateway),
        rounds=stage.rounds,
    )


def _numbers(drawings: Sequence[Drawing], easel: Easel) -> dict[str, Any]:
    return {
        **made_in_numbers(drawings, lambda one: one.image is not None),
        "versions": sum(len(one.versions) for one in drawings),
        "accepted": sum(one.versions[-1].accepted is True for one in drawings if one.versions),
        "critic": easel.critic.name if easel.critic else None,
        "passed_over": _passed_over(drawings, easel.interpreters),
    }


def _passed_over(drawings: Sequence[Drawing], members: Sequence[Seat]) -> dict[str, dict[str, int]]:
    """How often each member described nothing that could be painted, by kind of cause; members without any are left out."""
    attempts = [attempt for drawing in drawings for attempt in drawing.attempts]
    counted = {
        seat.name: Counter(one.cause.kind for one in attempts if one.author == seat.id and one.cause)
        for seat in members
    }
    return {name: dict(sorted(causes.items())) for name, causes in counted.items() if causes}
