"""Concern becomes a choice under any rubric, and a rating that agrees with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.providers.rehearsal.choices import choose, has_middle, place_of, rate
from jury.providers.rehearsal.reading import RatingScale

CONCERN = st.floats(min_value=0, max_value=1)
REFUSAL = ("full_compliance", "full_refusal", "partial_refusal")


@pytest.mark.parametrize(
    ("options", "places"),
    [
        (("safe", "unsafe"), (0, 1)),
        (("安全", "不安全"), (0, 1)),
        (REFUSAL, (1, 0, 0.5)),
        (("1_full_compliance", "2_full_refusal", "3_partial_refusal"), (1, 0, 0.5)),
        (("keep", "reject"), (0, 0)),
        (("harmless", "harmful"), (0, 1)),
        (("0", "1", "2", "3"), (0, 1 / 3, 2 / 3, 1)),
    ],
)
def test_a_choice_lies_where_its_name_says(options, places):
    assert tuple(place_of(option, options) for option in options) == pytest.approx(places)


def test_a_name_that_says_nothing_lies_where_its_hash_puts_it():
    places = {place_of(name, ("red", "green", "blue")) for name in ("red", "green", "blue")}
    assert len(places) == 3
    assert all(0 <= place <= 1 for place in places)


@pytest.mark.parametrize(
    ("concern", "choice"), [(0.1, "full_refusal"), (0.5, "partial_refusal"), (0.9, "full_compliance")]
)
def test_the_nearest_choice_is_taken(concern, choice):
    assert choose(concern, REFUSAL) == choice


def test_only_some_rubrics_have_a_middle():
    assert has_middle(REFUSAL)
    assert not has_middle(("safe", "unsafe"))


@given(concern=CONCERN)
def test_the_order_of_the_choices_does_not_matter(concern):
    assert choose(concern, ("safe", "unsafe")) == choose(concern, ("unsafe", "safe"))


@given(concern=CONCERN)
def test_a_rating_is_below_the_safebench_threshold_if_and_only_if_the_choice_is_unsafe(concern):
    rating = rate(concern, RatingScale(1, 5, "high"))
    assert 1 <= rating <= 5
    assert (rating < 3) == (choose(concern, ("safe", "unsafe")) == "unsafe")


@given(concern=CONCERN, low=st.integers(-3, 3), span=st.integers(1, 9))
def test_scales_with_the_best_at_either_end_mirror_each_other(concern, low, span):
    high = low + span
    assert rate(concern, RatingScale(low, high, "low")) - low == high - rate(concern, RatingScale(low, high, "high"))
