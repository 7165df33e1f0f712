"""What deliberation did, on trials small enough to count by hand."""

import pytest

from jury.influence.collapse import collapse
from jury.influence.conformity import conformity, occasions
from jury.influence.flips import Flips, flips
from jury.influence.graph import influence
from jury.influence.price import correction
from jury.records import Ballot, Cause, Outcome, Round, Usage, Verdict

LETTERS = {"s": "safe", "u": "unsafe"}
ALL = {seat: tuple(peer for peer in "abc" if peer != seat) for seat in "abc"}
RING = {"a": ("b",), "b": ("c",), "c": ("a",)}


def held(kind: str, index: int, votes: str, heard=None) -> Round:
    ballots = tuple(ballot(seat, vote) for seat, vote in zip("abcd", votes, strict=False))
    return Round(kind=kind, index=index, ballots=ballots, heard=heard or {})


def ballot(seat: str, vote: str) -> Ballot:
    name = seat.upper()
    if vote == "-":
        return Ballot(seat=seat, juror=name, state="invalid", cause=Cause(kind="error"))
    return Ballot(seat=seat, juror=name, state="cast", choice=LETTERS[vote])


def trial(before: str, after: str, heard=ALL) -> list[Round]:
    return [held("assessment", 0, before), held("deliberation", 1, after, heard)]


def verdict(before: str, after: str) -> Verdict:
    outcomes = [
        Outcome(state="decided", choice=LETTERS[one]) if one in LETTERS else Outcome(state="hung")
        for one in (before, after)
    ]
    return Verdict(case_id="c", case_hash="h", jury_hash="j", before=outcomes[0], outcome=outcomes[1])


def test_flips_tell_right_from_wrong():
    found = flips([(trial("suu", "uus"), "unsafe"), (trial("sss", "s-u"), None)])
    assert found == Flips(votes=5, right_to_wrong=1, wrong_to_right=1, other=1)
    assert flips([]) == Flips()


def test_an_occasion_is_a_majority_of_the_peers_heard_that_holds_another_choice():
    (only,) = occasions(trial("suu", "uuu"))
    assert (only.juror, only.before, only.majority, only.conformed) == ("A", "safe", "unsafe", True)
    assert occasions(trial("sss", "uuu")) == []
    assert [one.juror for one in occasions(trial("suu", "suu", RING))] == ["A", "C"]


def test_conformity_is_the_share_that_went_over_and_nothing_without_occasions():
    assert conformity(occasions(trial("suu", "suu", RING))) == 0.0
    assert conformity(occasions(trial("suu", "uuu"))) == 1.0
    assert conformity(occasions(trial("uuu", "uuu"))) is None
    assert conformity(occasions([held("assessment", 0, "suu")])) is None


def test_a_control_is_measured_on_who_would_have_been_heard():
    alone = trial("suu", "suu", heard=dict.fromkeys("abc", ()))
    assert occasions(alone) == []
    assert [one.conformed for one in occasions(alone, ALL)] == [False]


def test_where_a_forum_was_heard_everybody_counts_as_a_peer():
    assert [one.juror for one in occasions(trial("suu", "uuu", heard={}))] == ["A"]


def test_an_edge_says_how_often_somebody_heard_went_over():
    graph = influence([trial("suu", "uuu"), trial("suu", "suu")])
    assert graph.edges["B", "A"] == {"moved": 1, "chances": 2, "weight": 0.5}
    assert graph.edges["A", "B"] == {"moved": 0, "chances": 2, "weight": 0.0}
    assert not graph.has_edge("B", "C")


def test_a_collapse_is_one_mind_after_several():
    found = collapse([(trial("suu", "uuu"), "unsafe"), (trial("suu", "suu"), None), (trial("uuu", "uuu"), "safe")])
    assert (found.divided, found.collapsed, found.to_truth, found.share) == (2, 1, 1, 0.5)
    assert found.entropy_before == pytest.approx(0.9183, abs=1e-4)
    assert found.entropy_after == pytest.approx(0.9183 / 2, abs=1e-4)
    assert collapse([]).share is None


def test_a_corrected_verdict_has_its_price():
    trials = [(verdict("s", "u"), "unsafe"), (verdict("-", "u"), "unsafe"), (verdict("u", "-"), "unsafe")]
    spent, opening = Usage(input_tokens=900, output_tokens=100, cost=0.5), Usage(input_tokens=400, cost=0.1)
    found = correction(trials, spent, opening)
    assert (found.corrected, found.broken, found.tokens) == (2, 1, 600)
    assert found.cost == pytest.approx(0.4)


def test_without_a_gain_or_a_known_price_there_is_none():
    assert correction([(verdict("u", "s"), "unsafe")], Usage(), Usage()).tokens is None
    assert correction([(verdict("s", "u"), "unsafe")], Usage(cost=None), Usage()).cost is None
