"""What repeats across the streams of a set: exact copies anywhere, near ones within a scenario and language."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from jury.committee.similarity import Seen, normalised
from jury.records import Query


def without_repeats(streams: Mapping[str, Sequence[Query]], similarity: float) -> dict[str, tuple[Query, ...]]:
    """The streams in their order, queries that repeat one of an earlier stream with the reason why they go."""
    exact: dict[str, str] = {}
    seen: defaultdict[tuple[str, str], Seen] = defaultdict(lambda: Seen(similarity))
    closed: dict[str, tuple[Query, ...]] = {}
    for name, queries in streams.items():
        closed[name] = tuple(_checked(query, exact, seen) for query in queries)
        for query in closed[name]:
            if query.kept:
                exact[normalised(query.draft.text)] = query.id
                seen[query.scenario, query.language].add(query.id, query.draft.text)
    return closed


def _checked(query: Query, exact: Mapping[str, str], seen: Mapping[tuple[str, str], Seen]) -> Query:
    if not query.kept:
        return query
    same = exact.get(normalised(query.draft.text))
    if same is not None:
        return query.but(reason="duplicate", like=same)
    like = seen[query.scenario, query.language].like(query.draft.text)
    return query.but(reason="near_duplicate", like=like) if like is not None else query
