"""What came of a sitting, in numbers: queries by stream and by reason, and what every member did."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from jury.panel import seats_of
from jury.providers import is_rehearsal
from jury.records import Attempt, Committee, Query, Usage


def summary_of(
    streams: Mapping[str, Sequence[Query]],
    wanted: Mapping[str, int],
    attempts: Sequence[Attempt],
    committee: Committee,
    usage: Usage,
) -> dict[str, Any]:
    """One JSON object: `kept`, `short` (streams with fewer than wanted), `streams`, `members`, and this sitting's `usage`."""
    counts = {name: _counts(queries, wanted[name]) for name, queries in streams.items()}
    return {
        "rehearsal": any(is_rehearsal(model) for model in committee.models),
        "committee": committee.name,
        "kept": sum(count["kept"] for count in counts.values()),
        "written": sum(len(queries) for queries in streams.values()),
        "short": [name for name, count in counts.items() if count["kept"] < count["wanted"]],
        "streams": counts,
        "members": _members(committee, attempts, [query for queries in streams.values() for query in queries]),
        "usage": usage.model_dump(mode="json"),
    }


def _counts(queries: Sequence[Query], wanted: int) -> dict[str, int]:
    reasons = Counter(query.reason or "kept" for query in queries)
    return {"wanted": wanted, "kept": reasons.pop("kept", 0), **dict(sorted(reasons.items()))}


def _members(committee: Committee, attempts: Sequence[Attempt], queries: Sequence[Query]) -> dict[str, dict[str, Any]]:
    """By member: batches asked for, those it refused and those nobody could read, and what became of its queries."""
    members = {}
    for seat in seats_of(committee.panel.seats):
        own = [attempt for attempt in attempts if attempt.author == seat.id]
        causes = Counter(attempt.cause.kind for attempt in own if attempt.cause)
        fates = Counter(query.reason or "kept" for query in queries if query.draft.author == seat.id)
        grades = [score for query in queries for score in query.scores if score.by == seat.id]
        members[seat.name] = {
            "model": seat.juror.model,
            "batches": len(own),
            "failed": dict(sorted(causes.items())),
            "queries": dict(sorted(fates.items())),
            "graded": sum(score.cause is None for score in grades),
            "not_graded": sum(score.cause is not None for score in grades),
        }
    return members
