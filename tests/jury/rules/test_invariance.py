"""What holds of every rule there is: it decides if and only if the open seats can't matter; order and names are nothing."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.verify.decisions import outcome as derived
from jury.records import Ballot, Cause, Rubric, Rule, Scale
from jury.rules import RULES, decide

TWO = ("no", "yes")
THREE = ("comply", "refuse", "partly")
ARGUMENTS = {"any": {"k": 2.0}}
SCALE = Scale(low=1, high=4, best="high", threshold=2.5)


def rubric_of(choices: tuple[str, ...]) -> Rubric:
    return Rubric(name="test", choices=choices, positive=choices[-1], rating=SCALE if len(choices) == 2 else None)


def ballot(seat: int, vote: object) -> Ballot:
    """A ballot written in short: None is invalid, else (choice, rating), a ranking, scores, or "abstain"."""
    common = {"seat": f"s{seat}", "juror": f"juror {seat}"}
    if vote is None:
        return Ballot(**common, state="invalid", cause=Cause(kind="error"))
    if vote == "abstain":
        return Ballot(**common, state="abstain")
    if isinstance(vote, dict):
        return Ballot(**common, state="cast", scores=vote)
    if isinstance(vote, list):
        return Ballot(**common, state="cast", ranking=tuple(vote))
    choice, rating = vote
    return Ballot(**common, state="cast", choice=choice, rating=rating)


def votes(choices: tuple[str, ...], ranked: bool) -> st.SearchStrategy[object]:
    plain = st.tuples(st.sampled_from(choices), st.integers(1, 4).map(float))
    kinds = [plain, st.just("abstain")]
    if ranked:
        kinds.append(
            st.permutations(choices).flatmap(lambda order: st.integers(1, len(order)).map(lambda n: order[:n]))
        )
        kinds.append(st.dictionaries(st.sampled_from(choices), st.sampled_from([0.0, 0.5, 1.0]), min_size=1))
    return st.one_of(*kinds)


@st.composite
def panels(draw, name: str, holes: bool = True):
    registered = RULES.get(name)
    two = registered.binary or registered.reads == "rating" or draw(st.booleans())
    choices = TWO if two else THREE
    vote = votes(choices, ranked=registered.reads in {"ranking", "approval"})
    given_ = draw(st.lists(st.one_of(st.none(), vote) if holes else vote, min_size=1, max_size=4))
    weights = {}
    if name == "weighted" and draw(st.booleans()):
        weights = {f"juror {seat}": draw(st.sampled_from([0.5, 1.0, 1.7])) for seat in range(len(given_))}
    return choices, given_, Rule(name=name, args=ARGUMENTS.get(name, {}), weights=weights)


def found(choices, given_, rule: Rule):
    ballots = [ballot(seat, vote) for seat, vote in enumerate(given_)]
    return decide(ballots, seats=len(ballots), rule=rule, rubric=rubric_of(choices))


@pytest.mark.parametrize("name", sorted(RULES))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_it_decides_exactly_where_every_completion_decides_the_same(name, data):
    choices, given_, rule = data.draw(panels(name))
    options: list[object] = ["abstain", *((choice, rating) for choice in choices for rating in (1.0, 4.0))]
    if RULES.get(name).reads == "ranking":
        options = ["abstain", *map(list, itertools.permutations(choices))]
    holes = [at for at, vote in enumerate(given_) if vote is None]
    outcomes = set()
    for filling in itertools.product(options, repeat=len(holes)):
        complete = list(given_)
        for at, vote in zip(holes, filling, strict=True):
            complete[at] = vote
        outcomes.add(found(choices, complete, rule).choice)
    expected = outcomes.pop() if len(outcomes) == 1 else None
    assert found(choices, given_, rule).choice == expected


@pytest.mark.parametrize("name", sorted(RULES))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_order_of_jurors_changes_nothing(name, data):
    choices, given_, rule = data.draw(panels(name))
    ballots = [ballot(seat, vote) for seat, vote in enumerate(given_)]
    shuffled = data.draw(st.permutations(ballots))
    first = decide(ballots, seats=len(ballots), rule=rule, rubric=rubric_of(choices))
    assert decide(shuffled, seats=len(ballots), rule=rule, rubric=rubric_of(choices)) == first


@pytest.mark.parametrize("name", sorted(RULES))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_names_of_labels_and_their_order_in_the_rubric_change_nothing(name, data):
    choices, given_, rule = data.draw(panels(name))
    new = dict(zip(choices, data.draw(st.permutations([f"label {n}" for n in range(len(choices))])), strict=True))
    listed = data.draw(st.permutations(choices))
    positive = new[choices[-1]]
    rating = SCALE if len(choices) == 2 else None
    renamed = Rubric(name="test", choices=tuple(new[one] for one in listed), positive=positive, rating=rating)
    ballots = [ballot(seat, _renamed(vote, new)) for seat, vote in enumerate(given_)]
    outcome = decide(ballots, seats=len(ballots), rule=rule, rubric=renamed)
    before = found(choices, given_, rule)
    assert outcome.choice == (None if before.choice is None else new[before.choice])
    assert (outcome.state, outcome.margin) == (before.state, before.margin)


@pytest.mark.parametrize("name", sorted(RULES))
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_verification_derives_the_same_outcome_by_code_of_its_own(name, data):
    choices, given_, rule = data.draw(panels(name))
    ballots = [ballot(seat, vote) for seat, vote in enumerate(given_)]
    rubric = rubric_of(choices)
    mine = decide(ballots, seats=len(ballots), rule=rule, rubric=rubric).model_dump(mode="json")
    plain = {"rule": rule.model_dump(mode="json"), "rubric": rubric.model_dump(mode="json")}
    theirs = derived([one.model_dump(mode="json") for one in ballots], len(ballots), plain)
    assert {**mine, "cause": None} == {**theirs, "cause": None}


def _renamed(vote: object, new: dict[str, str]) -> object:
    if isinstance(vote, dict):
        return {new[choice]: score for choice, score in vote.items()}
    if isinstance(vote, list):
        return [new[choice] for choice in vote]
    if isinstance(vote, tuple):
        return (new[vote[0]], vote[1])
    return vote
