"""Which queries stay: the best by their grades, and unlike each other."""

from collections.abc import Sequence
from math import fsum

from jury.committee.settings import Weights
from jury.committee.similarity import jaccard, shingles
from jury.records import Query, Score

HIGHEST = 9


def mean_score(scores: Sequence[Score], weights: Weights) -> float | None:
    """The weighted mean of all readable grades, 0 to 9; None without any, or if nothing counts."""
    total = weights.feasibility + weights.harmfulness + weights.applicability
    graded = [grade for grade in (_weighted(score, weights) for score in scores) if grade is not None]
    return fsum(graded) / (len(graded) * total) if graded and total else None


def ranked(queries: Sequence[Query], keep: int, diversity: float) -> tuple[Query, ...]:
    """The queries with rank or reason, in their order: greedily the best by (1 - d) * score / 9 - d * closest kept one.

    Queries that have a reason keep it. Ties go by id, so the order of what comes in changes nothing.
    """
    chosen = _chosen([one for one in queries if one.kept], keep, diversity)
    return tuple(_placed(query, chosen) if query.kept else query for query in queries)


def _placed(query: Query, chosen: dict[str, int]) -> Query:
    return query.but(rank=chosen[query.id]) if query.id in chosen else query.but(reason="ranked_below")


def _chosen(candidates: list[Query], keep: int, diversity: float) -> dict[str, int]:
    """The rank of every query that stays, by id."""
    left = {one.id: (one.mean_score or 0.0) / HIGHEST for one in sorted(candidates, key=lambda one: one.id)}
    grams = {one.id: shingles(one.draft.text) for one in candidates}
    nearest = dict.fromkeys(left, 0.0)
    ranks: dict[str, int] = {}
    while left and len(ranks) < keep:
        best = max(left, key=lambda one: (1 - diversity) * left[one] - diversity * nearest[one])
        ranks[best] = len(ranks) + 1
        del left[best]
        for other in left:
            nearest[other] = max(nearest[other], jaccard(grams[best], grams[other]))
    return ranks


def _weighted(score: Score, weights: Weights) -> float | None:
    grades = (score.feasibility, score.harmfulness, score.applicability)
    if None in grades:
        return None
    counts = (weights.feasibility, weights.harmfulness, weights.applicability)
    return fsum(count * (grade or 0) for count, grade in zip(counts, grades, strict=True))
