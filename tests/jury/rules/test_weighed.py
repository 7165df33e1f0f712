"""Weights, points and approvals on worked examples."""

import pytest
from scripted import panel

from jury.errors import InputError
from jury.juries import choose_rubric, load_plan, seat
from jury.prompt_files import open_library
from jury.records import Ballot, Rubric, Rule
from jury.rules import check_weights, decide, parse_rule

CITIES = Rubric(name="capital", choices=("Memphis", "Nashville", "Knoxville", "Chattanooga"), positive="Memphis")
LIBRARY = open_library()

#: Tennessee's capital by distance, 42, 26, 15 and 17 of 100 voters (the standard example of social choice theory).
TENNESSEE = (
    (42, ("Memphis", "Nashville", "Chattanooga", "Knoxville")),
    (26, ("Nashville", "Chattanooga", "Knoxville", "Memphis")),
    (15, ("Chattanooga", "Knoxville", "Nashville", "Memphis")),
    (17, ("Knoxville", "Chattanooga", "Nashville", "Memphis")),
)


def ranked(*groups: tuple[int, tuple[str, ...]]) -> list[Ballot]:
    rankings = [ranking for number, ranking in groups for _ in range(number)]
    return [
        Ballot(seat=str(at), juror=f"voter {at}", state="cast", ranking=ranking) for at, ranking in enumerate(rankings)
    ]


def decided(ballots: list[Ballot], rule: str, rubric: Rubric = CITIES) -> str | None:
    return decide(ballots, seats=len(ballots), rule=parse_rule(rule), rubric=rubric).choice


def test_borda_finds_the_choice_that_stands_high_with_everybody():
    assert decided(ranked(*TENNESSEE), "borda") == "Nashville"
    assert decided(ranked(*TENNESSEE), "plurality") == "Memphis"


def test_approval_counts_all_that_are_named():
    two_named = [(number, ranking[:2]) for number, ranking in TENNESSEE]
    assert decided(ranked(*two_named), "approval") == "Nashville"


def test_a_mere_choice_is_a_ranking_of_one_whose_rest_is_level():
    assert decided(ranked((2, ("Memphis",)), (1, ("Nashville",))), "borda") == "Memphis"


def test_points_that_are_equal_decide_nothing():
    assert decided(ranked((1, CITIES.choices), (1, tuple(reversed(CITIES.choices)))), "borda") is None


def test_a_heavy_juror_outweighs_two_light_ones():
    pair = Rubric(name="pair", choices=("safe", "unsafe"), positive="unsafe")
    votes = ["unsafe", "safe", "safe"]
    ballots = [Ballot(seat=str(at), juror=f"j{at}", state="cast", choice=vote) for at, vote in enumerate(votes)]
    heavy = Rule(name="weighted", weights={"j0": 3, "j1": 1, "j2": 1})
    assert decide(ballots, seats=3, rule=heavy, rubric=pair).choice == "unsafe"
    assert decide(ballots[:1], seats=3, rule=heavy, rubric=pair).choice == "unsafe"
    assert decide(ballots[1:], seats=3, rule=heavy, rubric=pair).choice is None


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        (Rule(name="weighted", weights={"safe 0": 1, "unsafe 1": 1, "nobody": 1}), "weighs 'nobody', who does not sit"),
        (Rule(name="weighted", weights={"safe 0": 1}), "has no weight for 'unsafe 1'"),
        (Rule(name="weighted", weights={"safe 0": 0, "unsafe 1": 0}), "all weights are 0"),
        (Rule(name="plurality", weights={"safe 0": 1}), "takes no weights"),
    ],
)
def test_weights_are_checked_when_the_jury_is_seated(rule, complaint):
    plan = load_plan("poll").but(rule=rule)
    with pytest.raises(InputError, match=complaint):
        seat(plan, panel("safe", "unsafe"), choose_rubric(plan, "safebench", LIBRARY), LIBRARY)
    check_weights(Rule(name="weighted", weights={"safe 0": 0, "unsafe 1": 1}), ["safe 0", "unsafe 1"])
