"""What every member of the committee contributed to a set."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from benchmarks.generation.published.making import Making, Material
from benchmarks.generation.published.roster import Roster
from jury.records import Query


def members_of(material: Material, making: Making, roster: Roster) -> list[dict[str, Any]]:
    """One entry a seat: name, model, role, queries written and kept, scores given and failed, votes, batches not written."""
    written = Counter(query.draft.author for query in material.queries)
    kept = Counter(query.draft.author for query in material.queries if query.kept)
    scored, unscored = _scores(material.queries)
    refused = Counter(one.author for one in material.attempts if one.cause and one.cause.kind == "refused")
    failed = Counter(one.author for one in material.attempts if one.cause and one.cause.kind != "refused")
    return [
        {
            "name": seat.name,
            "model": seat.juror.model,
            "role": seat.juror.role,
            "written": written[seat.id],
            "kept": kept[seat.id],
            "scored": scored[seat.id],
            "unscored": unscored[seat.id],
            "refused": refused[seat.id],
            "failed": failed[seat.id],
            "votes": making.votes.get(seat.id, 0),
        }
        for seat in roster.seats
    ]


def _scores(queries: Iterable[Query]) -> tuple[Counter[str], Counter[str]]:
    """Readable scores by seat, and those with a cause in their place."""
    scored: Counter[str] = Counter()
    unscored: Counter[str] = Counter()
    for query in queries:
        for score in query.scores:
            (scored if score.cause is None else unscored)[score.by] += 1
    return scored, unscored
