"""Two ways to an outcome: the run plays through every vote that might still come, the check has closed forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.verify.decisions import needed, outcome, with_tie_broken
from jury.records import Ballot, Cause, Rubric, Rule, Scale
from jury.rules import break_tie, decide

SCALE = Scale(low=1, high=5, best="high", threshold=3)
TWO = Rubric(name="two", choices=("safe", "unsafe"), positive="unsafe", rating=SCALE)
LOW = Rubric(name="low", choices=("no", "yes"), positive="yes", rating=Scale(low=0, high=3, best="low", threshold=1))
THREE = Rubric(name="three", choices=("a", "b", "c"), positive="b")

RULES = [
    Rule(name="plurality"),
    Rule(name="strict_majority"),
    Rule(name="unanimity"),
    Rule(name="supermajority"),
    Rule(name="supermajority", args={"q": 0.7}),
    Rule(name="any"),
    Rule(name="any", args={"k": 3}),
    Rule(name="mean"),
    Rule(name="median"),
    Rule(name="trimmed_mean"),
    Rule(name="trimmed_mean", args={"trim": 0.34, "threshold": 2.5}),
]


@st.composite
def panels(draw: st.DrawFn) -> tuple[list[Ballot], int, Rule, Rubric]:
    rubric = draw(st.sampled_from([TWO, LOW, THREE]))
    usable = [
        rule
        for rule in RULES
        if rubric is not THREE or rule.name in {"plurality", "strict_majority", "unanimity", "supermajority"}
    ]
    rule = draw(st.sampled_from(usable)).but(quorum=draw(st.sampled_from([0.0, 0.5, 2 / 3, 1.0])))
    kinds = draw(st.lists(st.sampled_from(["cast", "abstain", "invalid"]), max_size=6))
    ballots = [draw(ballot(f"s{index}", kind, rubric)) for index, kind in enumerate(kinds)]
    return ballots, len(ballots) + draw(st.integers(0 if ballots else 1, 2)), rule, rubric


@st.composite
def ballot(draw: st.DrawFn, seat: str, state: str, rubric: Rubric) -> Ballot:
    common = {"seat": seat, "juror": seat, "state": state}
    if state == "invalid":
        return Ballot(**common, cause=Cause(kind="error"))
    if state == "abstain":
        return Ballot(**common)
    scale = rubric.rating
    rating = draw(st.none() | st.integers(scale.low, scale.high) | st.just(scale.low + 0.5)) if scale else None
    return Ballot(**common, choice=draw(st.sampled_from(rubric.choices)), rating=rating)


@given(panels())
def test_closed_forms_find_what_playing_through_every_vote_finds(panel: tuple[list[Ballot], int, Rule, Rubric]) -> None:
    ballots, seats, rule, rubric = panel
    jury = {"rule": rule.model_dump(), "rubric": rubric.model_dump()}

    played = decide(ballots, seats=seats, rule=rule, rubric=rubric).model_dump(exclude={"cause"})

    assert outcome([one.model_dump() for one in ballots], seats, jury) == played


@given(panels(), st.sampled_from([None, 0, 1]))
def test_ties_are_broken_alike(panel: tuple[list[Ballot], int, Rule, Rubric], pick: int | None) -> None:
    ballots, seats, rule, rubric = panel
    hung = decide(ballots, seats=seats, rule=rule, rubric=rubric)
    choice = None if pick is None else rubric.choices[pick]

    broken = with_tie_broken(hung.model_dump(), choice, "foreperson", rubric.choices)

    assert broken == break_tie(hung, choice, by="foreperson", rubric=rubric).model_dump()


@pytest.mark.parametrize(
    ("share", "seats", "least"), [(2 / 3, 3, 2), (2 / 3, 5, 4), (0.7, 10, 7), (0.0, 4, 0), (1.0, 4, 4)]
)
def test_a_share_of_seats_is_rounded_up_without_surprises(share: float, seats: int, least: int) -> None:
    assert needed(share, seats) == least


def test_a_rule_of_somebody_else_can_not_be_checked() -> None:
    jury = {"rule": {"name": "coin", "args": {}, "quorum": 0.5}, "rubric": TWO.model_dump()}

    with pytest.raises(ValueError, match="rule 'coin' is not one that can be checked"):
        outcome([], 3, jury)
