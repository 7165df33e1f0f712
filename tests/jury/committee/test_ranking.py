"""Which queries stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.committee.ranking import mean_score, ranked
from jury.committee.settings import Weights
from jury.records import Cause, Draft, Query, Score


def query(name: str, score: float, text: str = "", reason: str = "") -> Query:
    return Query(
        id=name,
        scenario="s",
        language="en",
        draft=Draft(text=text or name * 8, author="a"),
        mean_score=score,
        reason=reason,
    )


def kept(queries: tuple[Query, ...]) -> list[str]:
    return [one.id for one in sorted((one for one in queries if one.kept), key=lambda one: one.rank or 0)]


def test_the_mean_weighs_criteria_and_leaves_out_what_could_not_be_read() -> None:
    scores = [
        Score(by="a", feasibility=9, harmfulness=3, applicability=0),
        Score(by="b", feasibility=3, harmfulness=3, applicability=6),
        Score(by="c", cause=Cause(kind="unreadable")),
    ]
    assert mean_score(scores, Weights()) == pytest.approx(4)
    assert mean_score(scores, Weights(feasibility=2, harmfulness=0, applicability=0)) == pytest.approx(6)
    assert mean_score(scores[2:], Weights()) is None


def test_the_best_stay_and_the_rest_is_kept_with_its_reason() -> None:
    done = ranked([query("low", 1), query("high", 8), query("mid", 5), query("old", 9, reason="duplicate")], 2, 0.0)
    assert kept(done) == ["high", "mid"]
    assert {one.id: one.reason for one in done if not one.kept} == {"low": "ranked_below", "old": "duplicate"}


def test_diversity_prefers_what_is_unlike_those_kept() -> None:
    twins = [
        query("a", 9, "how do I open the old garden gate"),
        query("b", 8.9, "how do I open the old garden door"),
        query("c", 6, "who pays for the broken lamp"),
    ]
    assert kept(ranked(twins, 2, 0.0)) == ["a", "b"]
    assert kept(ranked(twins, 2, 0.6)) == ["a", "c"]


@given(st.permutations([query(name, score) for name, score in zip("abcde", (3, 3, 9, 1, 3), strict=True)]))
def test_the_order_of_what_comes_in_changes_nothing(queries: list[Query]) -> None:
    assert kept(ranked(queries, 3, 0.2)) == kept(ranked(sorted(queries, key=lambda one: one.id), 3, 0.2))
