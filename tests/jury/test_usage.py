"""What calls cost adds up exactly, and an unknown price never counts as nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.records import Usage
from jury.usage import at_once, in_turn

usages = st.builds(
    Usage,
    calls=st.integers(0, 9),
    input_tokens=st.integers(0, 999),
    output_tokens=st.integers(0, 999),
    cost=st.none() | st.floats(0, 10),
    seconds=st.floats(0, 100),
)


def test_nothing_costs_nothing():
    assert in_turn([]) == at_once([]) == Usage()


def test_one_after_another_time_adds_up_and_at_once_the_slowest_counts():
    spent = [Usage(calls=1, cost=0.25, seconds=2.0), Usage(calls=2, cost=0.5, seconds=3.0)]
    assert in_turn(spent) == Usage(calls=3, cost=0.75, seconds=5.0)
    assert at_once(spent) == Usage(calls=3, cost=0.75, seconds=3.0)


def test_one_unknown_price_makes_the_whole_unknown():
    assert in_turn([Usage(cost=1.0), Usage(cost=None)]).cost is None


@given(st.lists(usages, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_calls_changes_no_sum(listed, random):
    shuffled = random.sample(listed, len(listed))
    assert in_turn(shuffled) == in_turn(listed)
    assert at_once(shuffled) == at_once(listed)


@given(st.lists(usages, max_size=4), st.lists(usages, max_size=4))
def test_parts_add_up_to_the_whole(first, second):
    whole, parts = in_turn([*first, *second]), in_turn([in_turn(first), in_turn(second)])
    assert parts.but(cost=0.0, seconds=0.0) == whole.but(cost=0.0, seconds=0.0)
    assert parts.cost == (None if whole.cost is None else pytest.approx(whole.cost))
