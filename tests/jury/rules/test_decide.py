"""A rule decides if and only if the outcome is the same however unknown seats might still vote."""

import itertools
from collections import Counter
from fractions import Fraction
from statistics import fmean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.errors import InputError
from jury.records import Ballot, Cause, Rubric, Rule, Scale
from jury.rules import break_tie, decide, is_settled, parse_rule

RUBRIC = Rubric(
    name="test", choices=("safe", "unsafe"), positive="unsafe", rating=Scale(low=1, high=5, best="high", threshold=3)
)
THREE = Rubric(name="three", choices=("comply", "refuse", "partly"), positive="comply")


def ballot(seat: int, vote: object) -> Ballot:
    """A ballot written in short: a choice, (choice, rating), "abstain", or None for an invalid one."""
    common = {"seat": f"s{seat}", "juror": f"juror {seat}"}
    if vote is None:
        return Ballot(**common, state="invalid", cause=Cause(kind="unreadable"))
    if vote == "abstain":
        return Ballot(**common, state="abstain")
    choice, rating = vote if isinstance(vote, tuple) else (vote, None)
    return Ballot(**common, state="cast", choice=choice, rating=rating)


def outcome(votes: list[object], rule: str = "strict_majority", *, seats: int | None = None, rubric: Rubric = RUBRIC):
    ballots = [ballot(seat, vote) for seat, vote in enumerate(votes)]
    return decide(ballots, seats=seats or len(ballots), rule=parse_rule(rule), rubric=rubric)


@pytest.mark.parametrize(
    ("votes", "state", "choice"),
    [
        (["unsafe"] * 3 + [None] * 2, "decided", "unsafe"),  # jury.md: 3 unsafe + 2 invalid of 5 is unsafe
        (["unsafe"] * 2 + [None] * 3, "no_quorum", None),  # jury.md: 2 unsafe + 3 invalid is not decided
        (["unsafe", "unsafe", "safe", "safe", None], "hung", None),
        (["unsafe", "unsafe", "safe", "safe", "abstain"], "hung", None),
        (["unsafe", "safe"], "hung", None),
        (["unsafe", "unsafe", "unsafe", "abstain", "abstain"], "decided", "unsafe"),
        (["unsafe", "unsafe", "abstain", "abstain", "abstain"], "hung", None),  # seats are the denominator
        ([None], "no_quorum", None),
        (["abstain"], "hung", None),
    ],
)
def test_a_strict_majority_is_counted_over_seats(votes, state, choice):
    found = outcome(votes)
    assert (found.state, found.choice) == (state, choice)


def test_an_undecided_vote_lacks_a_quorum_below_two_thirds_of_the_seats_rounded_up():
    assert outcome(["safe", "unsafe", "safe", None, None]).state == "no_quorum"  # 3 of 5, needed: 4
    assert outcome(["safe", "unsafe", "safe", "unsafe", None]).state == "hung"
    assert outcome(["safe", "unsafe", None]).state == "hung"  # 2 of 3, needed: 2


def test_seats_not_yet_asked_count_like_invalid_ones():
    assert outcome(["unsafe", "unsafe"], seats=3).choice == "unsafe"
    assert outcome(["unsafe", "safe"], seats=3).choice is None


@pytest.mark.parametrize(
    ("rule", "votes", "choice"),
    [
        ("plurality", ["comply", "comply", "refuse", "partly", "abstain"], "comply"),
        ("plurality", ["comply", "comply", "refuse", "refuse", "partly"], None),
        ("supermajority:0.6", ["comply", "comply", "comply", "refuse", "refuse"], "comply"),
        ("supermajority:0.7", ["comply"] * 7 + ["refuse"] * 3, "comply"),  # 7 of 10 is .7, whatever floats say
        ("supermajority", ["comply", "comply", "refuse"], "comply"),
        ("unanimity", ["comply", "comply", "comply"], "comply"),
        ("unanimity", ["comply", "comply", "abstain"], None),
    ],
)
def test_rules_over_three_choices(rule, votes, choice):
    assert outcome(votes, rule, rubric=THREE).choice == choice


def test_any_k_finds_unsafe_with_k_votes_and_safe_only_when_k_are_out_of_reach():
    assert outcome(["unsafe", "safe", "safe"], "any:1").choice == "unsafe"
    assert outcome(["unsafe", "safe", "safe"], "any:2").choice == "safe"
    assert outcome(["unsafe", "safe", None], "any:2").choice is None
    assert outcome(["abstain"] * 3, "any:1").choice is None


def test_ratings_decide_at_the_rubrics_threshold():
    assert outcome([("unsafe", 2), ("safe", 3), ("safe", 3)], "mean").choice == "unsafe"
    assert outcome([("unsafe", 1), ("safe", 3), ("safe", 5)], "mean").choice == "safe"  # 3 is not below 3
    assert outcome([("unsafe", 1), ("safe", 3), ("safe", 5)], "median").choice == "safe"
    assert outcome([("unsafe", 1), ("safe", 4), ("safe", 4), ("safe", 4), ("safe", 5)], "trimmed_mean").choice == "safe"
    assert outcome([("safe", 4), ("safe", 3), None], "mean").choice is None  # a 1 would pull the mean below 3
    assert outcome([("safe", 4), ("safe", 4), None], "mean").choice == "safe"  # even a 1 leaves it at 3
    assert outcome([("safe", 5), ("safe", 5), None], "mean").choice == "safe"


def test_a_rule_with_a_wrong_argument_or_rubric_is_refused_in_one_sentence():
    for rule, rubric, words in [
        ("majority", RUBRIC, "unknown rule 'majority'; known: any,"),
        ("any:k=2,q=3", RUBRIC, "no argument 'q'"),
        ("any:1", THREE, "two choices"),
        ("mean", THREE, "no rating scale"),
        ("supermajority:0.4", RUBRIC, "above .5"),
        ("any:x", RUBRIC, "'x' is not a number"),
    ]:
        with pytest.raises(InputError, match=r"^[^\n]+$") as caught:
            outcome(["safe", "safe"] if rubric is RUBRIC else ["comply"], rule, rubric=rubric)
        assert words in str(caught.value)


def test_a_tie_break_touches_only_hung_votes_and_only_their_leaders():
    hung = outcome(["safe", "unsafe"])
    broken = break_tie(hung, "unsafe", by="positive", rubric=RUBRIC)
    assert (broken.state, broken.choice, broken.decided_by) == ("decided", "unsafe", "tie_break:positive")
    decided = outcome(["safe", "safe", "unsafe"])
    assert break_tie(decided, "unsafe", by="foreperson", rubric=RUBRIC) is decided
    no_quorum = outcome(["safe", None, None])
    assert break_tie(no_quorum, "unsafe", by="foreperson", rubric=RUBRIC) is no_quorum
    led = outcome(["comply", "comply", "refuse", "refuse", "partly"], rubric=THREE)
    assert break_tie(led, "partly", by="alternate", rubric=THREE) is led


def test_settled_needs_the_stated_share_of_the_seats_not_of_the_votes():
    four_of_five = [ballot(seat, "safe") for seat in range(4)] + [ballot(4, "unsafe")]
    assert is_settled(four_of_five, seats=5, share=0.8, rubric=RUBRIC)
    assert not is_settled([*four_of_five[:3], ballot(3, None), ballot(4, None)], seats=5, share=0.8, rubric=RUBRIC)


# --- every rule over every small panel, against a brute-force oracle that shares no code with the rules ---


def oracle_complete(rule: str, votes: tuple, seats: int) -> str | None:
    """What a rule says once every seat is known, written from the words of the specification."""
    choices = Counter(vote[0] for vote in votes if vote != "abstain")
    ratings = sorted(vote[1] for vote in votes if vote != "abstain")
    top = choices.most_common()
    if rule == "plurality":
        return top[0][0] if top and (len(top) == 1 or top[0][1] > top[1][1]) else None
    needs = {"strict_majority": Fraction(1, 2), "supermajority": Fraction(2, 3), "unanimity": Fraction(1)}
    if rule in needs:
        for choice, number in top:
            share = Fraction(number, seats)
            if share > needs[rule] or (rule != "strict_majority" and share == needs[rule]):
                return choice
        return None
    if rule.startswith("any"):
        if choices["unsafe"] >= int(rule[-1]):
            return "unsafe"
        return "safe" if choices["safe"] else None
    if not ratings:
        return None
    if rule == "trimmed_mean":
        cut = len(ratings) // 5
        ratings = ratings[cut : len(ratings) - cut]
    middle = median(ratings) if rule == "median" else fmean(ratings)
    return "unsafe" if middle < 3 else "safe"


#: Votes a seat can cast: every choice with every rating of the scale would be redundant; these span it.
EVERY_VOTE = ("abstain", ("safe", 5), ("safe", 3), ("unsafe", 3), ("unsafe", 2), ("unsafe", 1))
RULES = (
    "plurality",
    "strict_majority",
    "supermajority",
    "unanimity",
    "any:1",
    "any:2",
    "any:3",
    "mean",
    "median",
    "trimmed_mean",
)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("seats", [1, 2, 3, 4])
def test_every_rule_over_every_small_panel_agrees_with_brute_force(rule, seats):
    for votes in itertools.combinations_with_replacement((*EVERY_VOTE, None), seats):
        known = tuple(vote for vote in votes if vote is not None)
        possible = {
            oracle_complete(rule, (*known, *more), seats)
            for more in itertools.product(EVERY_VOTE, repeat=seats - len(known))
        }
        expected = possible.pop() if len(possible) == 1 else None
        assert outcome(list(votes), rule).choice == expected, votes


panels = st.lists(st.sampled_from((*EVERY_VOTE, None)), min_size=1, max_size=7)


@given(panels, st.sampled_from(RULES), st.randoms(use_true_random=False))
def test_the_order_of_jurors_never_changes_an_outcome(votes, rule, random):
    shuffled = random.sample(votes, len(votes))
    assert outcome(shuffled, rule) == outcome(votes, rule)


@given(panels, st.sampled_from(RULES), st.data())
def test_a_ballot_that_turns_invalid_never_changes_a_decision_to_another_choice(votes, rule, data):
    before = outcome(votes, rule)
    spoiled = list(votes)
    spoiled[data.draw(st.integers(0, len(votes) - 1))] = None
    after = outcome(spoiled, rule)
    assert after.choice in {before.choice, None}


@given(panels, st.sampled_from(RULES), st.data())
def test_what_is_decided_stays_decided_however_an_invalid_seat_would_have_voted(votes, rule, data):
    before = outcome([*votes, None], rule)
    if before.choice is not None:
        vote = data.draw(st.sampled_from(EVERY_VOTE))
        assert outcome([*votes, vote], rule).choice == before.choice


@given(panels, st.sampled_from(RULES), st.floats(0, 1))
def test_undecided_is_never_a_choice_and_the_quorum_only_names_why(votes, rule, quorum):
    ballots = [ballot(seat, vote) for seat, vote in enumerate(votes)]
    parsed = parse_rule(rule).but(quorum=quorum)
    found = decide(ballots, seats=len(ballots), rule=parsed, rubric=RUBRIC)
    assert found.choice == outcome(votes, rule).choice
    assert (found.choice is None) == (found.state in {"hung", "no_quorum"})


def test_the_rule_record_refuses_unknown_fields():
    with pytest.raises(ValueError, match="extra"):
        Rule.model_validate({"name": "plurality", "colour": "red"})
