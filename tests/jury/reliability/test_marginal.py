"""What each juror adds to a panel's score."""

from jury.reliability.marginal import marginal_values

WORTH = {"a": 3, "b": 2, "c": -1}


def test_in_a_panel_that_adds_up_each_juror_is_worth_its_own_part():
    assert marginal_values(WORTH, lambda some: sum(WORTH[juror] for juror in some)) == WORTH


def test_one_of_two_who_say_the_same_is_worth_nothing():
    assert marginal_values(["a", "b"], lambda some: 1.0 if some else 0.0) == {"a": 0.0, "b": 0.0}


def test_nobody_is_never_scored_and_one_who_sits_alone_has_no_value():
    asked = []
    assert marginal_values(["a"], lambda some: asked.append(some)) == {"a": None}
    assert asked == [frozenset("a")]
    assert marginal_values([], lambda some: 1 / len(some)) == {}


def test_an_undefined_score_leaves_the_value_unknown():
    assert marginal_values("ab", lambda some: 1.0 if "a" in some else None) == {"a": None, "b": 0.0}
