"""A model that fails again and again is out of service until a probe succeeds."""

from hypothesis import given
from hypothesis import strategies as st

from jury.gateway.pace.breaker import Circuit, Fuse, abandoned, admits, answered, entered, failed

FUSE = Fuse(failures=3, cooldown=30.0)


def after_failures(count: int, now: float = 100.0) -> Circuit:
    circuit = Circuit()
    for _ in range(count):
        circuit = failed(circuit, now, FUSE)
    return circuit


def test_a_circuit_stays_closed_below_its_number_of_failures_in_a_row():
    circuit = after_failures(2)
    assert admits(circuit, 100, FUSE)
    assert not circuit.is_open
    assert not failed(answered(), 100, FUSE).is_open  # an answer in between: the row begins anew


def test_a_circuit_opens_after_its_number_of_failures_and_lets_nothing_through():
    circuit = after_failures(3)
    assert circuit.is_open
    assert not admits(circuit, 129.9, FUSE)


def test_after_the_cooldown_one_probe_goes_through_at_a_time():
    circuit = after_failures(3)
    assert admits(circuit, 130, FUSE)
    assert not admits(entered(circuit), 130, FUSE)


def test_a_probe_that_is_answered_closes_the_circuit():
    assert admits(answered(), 0, FUSE)


def test_a_probe_that_fails_opens_the_circuit_for_another_cooldown():
    circuit = failed(entered(after_failures(3)), 140, FUSE)
    assert not admits(circuit, 169.9, FUSE)
    assert admits(circuit, 170, FUSE)


def test_a_probe_that_is_broken_off_leaves_room_for_the_next():
    assert admits(abandoned(entered(after_failures(3))), 130, FUSE)


def test_calls_that_were_under_way_at_the_opening_do_not_prolong_it():
    assert admits(failed(after_failures(3, now=100), 120, FUSE), 130, FUSE)


EVENTS = st.lists(
    st.tuples(st.sampled_from(["fails", "answers", "is broken off"]), st.floats(0, 40, allow_nan=False)), max_size=100
)


@given(EVENTS)
def test_whatever_happens_a_call_goes_through_after_at_most_a_cooldown(events):
    circuit, now = Circuit(), 0.0
    for event, passed in events:
        now += passed
        if not admits(circuit, now, FUSE):
            continue
        circuit = entered(circuit)
        if event == "fails":
            circuit = failed(circuit, now, FUSE)
        else:
            circuit = answered() if event == "answers" else abandoned(circuit)
        assert admits(circuit, now + FUSE.cooldown, FUSE)


@given(EVENTS)
def test_a_circuit_is_open_only_after_enough_failures_in_a_row(events):
    circuit, now, row = Circuit(), 0.0, 0
    for event, passed in events:
        now += passed
        if event == "fails":
            circuit, row = failed(circuit, now, FUSE), row + 1
        elif event == "answers":
            circuit, row = answered(), 0
        assert circuit.is_open == (row >= FUSE.failures)
