"""Seats are told apart by who sits there, never by the order or the name in a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.panel import seating, seats_of
from jury.records import Juror, Panel

jurors = st.lists(
    st.builds(Juror, model=st.sampled_from(["a/x", "a/y"]), role=st.sampled_from(["elder", "teacher"])),
    min_size=1,
    max_size=6,
)


@given(jurors, st.randoms(use_true_random=False))
def test_listing_jurors_in_another_order_seats_the_same_minds(listed, random):
    shuffled = random.sample(listed, len(listed))
    assert [seat.id for seat in seats_of(tuple(listed))] == [seat.id for seat in seats_of(tuple(shuffled))]


def test_equal_minds_differ_by_their_sample_index_alone():
    first, second = seats_of((Juror(model="a/x", name="Ann"), Juror(model="a/x", name="Bob")))
    assert first.id.split("-")[0] == second.id.split("-")[0]
    assert {first.sample, second.sample} == {0, 1}


def test_a_jurors_name_takes_no_part_in_its_seat():
    (ann,), (bob,) = seats_of((Juror(model="a/x", name="Ann"),)), seats_of((Juror(model="a/x", name="Bob"),))
    assert ann.id == bob.id


@given(jurors)
def test_every_seat_has_a_name_of_its_own(listed):
    names = [seat.name for seat in seats_of(tuple(listed))]
    assert len(set(names)) == len(names)


@given(jurors, st.text("0123456789abcdef", min_size=8, max_size=8))
def test_the_circle_depends_on_the_exhibits_not_on_the_listing(listed, exhibits):
    circle = seating(seats_of(tuple(listed)), exhibits)
    again = seating(seats_of(tuple(reversed(listed))), exhibits)
    assert [seat.id for seat in circle] == [seat.id for seat in again]


def test_two_jurors_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two jurors are named 'Ann'"):
        Panel(seats=(Juror(model="a/x", name="Ann"), Juror(model="a/y", name="Ann")))


def test_a_key_written_into_a_jurors_settings_is_refused():
    with pytest.raises(ValueError, match="keys come from the environment"):
        Juror(model="a/x", params={"api_key": "sk-123"})
