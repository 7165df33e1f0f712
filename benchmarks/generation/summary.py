"""What came of a stage, in numbers."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from jury.panel import seats_of
from jury.records import Attempt, Cause, Committee, Query


def queries_in_numbers(
    streams: Mapping[str, Sequence[Query]],
    wanted: Mapping[str, int],
    attempts: Sequence[Attempt],
    committee: Committee,
) -> dict[str, Any]:
    """`kept`, `written`, `short` (streams with fewer than wanted), `streams`, and what every member did."""
    counts = {name: _counts(queries, wanted[name]) for name, queries in streams.items()}
    return {
        "kept": sum(count["kept"] for count in counts.values()),
        "written": sum(len(queries) for queries in streams.values()),
        "short": [name for name, count in counts.items() if count["kept"] < count["wanted"]],
        "streams": counts,
        "members": _members(committee, attempts, [query for queries in streams.values() for query in queries]),
    }


class Made(Protocol):
    """What a maker was asked for: without it, there is a cause."""

    @property
    def cause(self) -> Cause | None:
        """Why it is not there."""


M = TypeVar("M", bound=Made)


def made_in_numbers(made: Sequence[M], is_there: Callable[[M], bool]) -> dict[str, Any]:
    """How many are `made`, and how many are `missing` by kind of cause."""
    causes = Counter(one.cause.kind for one in made if not is_there(one) and one.cause)
    return {"made": sum(map(is_there, made)), "missing": dict(sorted(causes.items()))}


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
