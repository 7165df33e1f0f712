"""Alternates take the seats of those who leave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.empanelling import alike, empanel
from jury.errors import InputError
from jury.panel import panel_seats, seats_of
from jury.records import Juror, Panel

SEATS = tuple(Juror(name=name, model=f"a/{name}") for name in ("ann", "bob", "cat"))
SPARE = (Juror(name="dan", model="a/dan"), Juror(name="eve", model="openai/gpt-4o"))
PANEL = Panel(seats=SEATS, alternates=SPARE)


def names(jurors):
    return {juror.name for juror in jurors}


def test_an_alternate_takes_the_seat_and_the_record_says_why():
    sitting = empanel(PANEL.but(alternates=SPARE[:1]), {"bob": "biased"})
    assert names(sitting.panel.seats) == {"ann", "cat", "dan"}
    assert sitting.panel.alternates == ()
    assert [(one.left, one.came, one.why) for one in sitting.changes] == [("bob", "dan", "biased")]


def test_where_no_alternate_is_left_the_panel_shrinks():
    sitting = empanel(PANEL.but(alternates=()), {"bob": "biased"})
    assert names(sitting.panel.seats) == {"ann", "cat"}
    assert sitting.changes[0].came is None


def test_kin_of_the_target_leave_and_never_come_unless_asked_for():
    sitting = Panel(seats=(*SEATS, Juror(name="fay", model="openai/gpt-4-turbo")), alternates=SPARE)
    told = empanel(sitting, {}, ["azure/gpt-4"])
    assert names(told.panel.seats) == {"ann", "bob", "cat", "dan"}
    assert told.changes[0].why == "of the family of target 'azure/gpt-4'"
    assert empanel(sitting.but(same_family=True), {}, ["azure/gpt-4"]).changes == ()


def test_a_challenged_alternate_takes_no_seat():
    sitting = empanel(PANEL, {"bob": "biased", "dan": "biased", "eve": "biased"})
    assert names(sitting.panel.seats) == {"ann", "cat"}


def test_a_recorded_juror_goes_by_the_name_of_its_ballots():
    sitting = Panel(seats=(*SEATS, Juror(model="recorded/b.csv#old")))
    assert len(empanel(sitting, {"old": "biased"}).panel.seats) == 3


def test_a_panel_that_loses_everybody_is_refused():
    with pytest.raises(InputError, match="loses every juror"):
        empanel(Panel(seats=SEATS[:1]), {"ann": "biased"})


@given(
    st.permutations(SEATS), st.permutations(SPARE), st.sets(st.sampled_from(["ann", "bob", "cat", "dan"]), max_size=3)
)
def test_the_order_of_a_file_changes_nobody_who_sits(seats, spare, challenged):
    reasons = dict.fromkeys(challenged, "biased")
    one, other = empanel(PANEL, reasons), empanel(Panel(seats=tuple(seats), alternates=tuple(spare)), reasons)
    assert one.changes == other.changes
    assert names(one.panel.seats) == names(other.panel.seats)


def test_one_model_sits_under_several_roles_and_several_times():
    roles = ("elder", "elder", "teacher", "juror")
    seats = seats_of(tuple(Juror(model="a/x", role=role) for role in roles))
    assert len({seat.id for seat in seats}) == len({seat.name for seat in seats}) == 4
    assert sorted((seat.juror.role, seat.sample) for seat in seats) == [
        ("elder", 0),
        ("elder", 1),
        ("juror", 0),
        ("teacher", 0),
    ]


@pytest.mark.parametrize(
    ("panel", "said"),
    [
        (Panel(seats=(Juror(model="openai/gpt-4o"), Juror(model="azure/gpt-4"))), "all 2 seats are GPT in the role"),
        (Panel(seats=(Juror(model="a/x"), Juror(model="a/x"))), "all 2 seats are a/x"),
        (Panel(seats=(Juror(model="a/x"), Juror(model="a/y"))), None),
        (Panel(seats=(Juror(model="a/x"), Juror(model="a/x", role="elder"))), None),
        (Panel(seats=(Juror(model="a/x"),)), None),
    ],
)
def test_a_panel_of_one_mind_is_told(panel, said):
    found = alike(panel)
    assert found is None if said is None else found and found.startswith(said)
    assert len(panel_seats(panel)) == len(panel.seats)
