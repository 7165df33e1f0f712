"""How many calls run at once: slow start, gentle growth, one cut per cooldown; and slots handed out fairly."""

import asyncio
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from jury.gateway.pace.concurrency import Growth, Pace, first_pace, paced
from jury.gateway.pace.slots import Slots

GROWTH = Growth(cap=32, start=4, cooldown=10.0)
OUTCOMES = st.sampled_from(["answered", "throttled", "failing", "neutral"])
GROWTHS = st.builds(
    Growth, cap=st.integers(1, 40), start=st.integers(1, 50), cooldown=st.floats(0.1, 100, allow_nan=False)
)
HISTORIES = st.lists(st.tuples(OUTCOMES, st.floats(0, 20, allow_nan=False)), max_size=200)


def after(pace: Pace, *outcomes: str, now: float = 100.0, growth: Growth = GROWTH) -> Pace:
    for outcome in outcomes:
        pace = paced(pace, outcome, now, growth)
    return pace


def history(growth: Growth, events: list[tuple[str, float]]) -> list[tuple[Pace, str, float, Pace]]:
    """Every step of a history: the pace before, what happened when, the pace after."""
    steps, pace, now = [], first_pace(growth), 0.0
    for outcome, passed in events:
        now += passed
        following = paced(pace, outcome, now, growth)
        steps.append((pace, outcome, now, following))
        pace = following
    return steps


def test_slow_start_doubles_with_every_window_of_answers():
    limits = [first_pace(GROWTH).limit]
    pace = first_pace(GROWTH)
    for _ in range(4):
        pace = after(pace, *["answered"] * pace.limit)
        limits.append(pace.limit)
    assert limits == [4, 8, 16, 32, 32]


def test_after_a_cut_the_limit_grows_by_one_with_every_window():
    pace = after(Pace(limit=16), "throttled", now=100)
    assert pace.limit == 8
    pace = after(pace, *["answered"] * 8, now=110)
    assert pace.limit == 9
    assert after(pace, *["answered"] * 9, now=111).limit == 10


def test_too_many_requests_cut_once_per_cooldown_however_many_there_are():
    pace = after(Pace(limit=16), *["throttled"] * 16, now=100)
    assert pace.limit == 8
    assert after(pace, "throttled", now=109.9).limit == 8
    assert after(pace, "throttled", now=110).limit == 4


def test_a_failing_server_stops_growth_without_a_cut():
    pace = after(Pace(limit=8), "failing", now=100)
    assert pace.limit == 8
    assert after(pace, *["answered"] * 100, now=109).limit == 8
    assert after(pace, *["answered"] * 8, now=110).limit == 9  # and slow start is over


def test_answers_that_left_before_a_cut_do_not_undo_it():
    pace = after(Pace(limit=16), "throttled", *["answered"] * 100, now=100)
    assert pace.limit == 8


@given(GROWTHS, HISTORIES)
def test_the_limit_stays_within_one_and_the_cap(growth, events):
    assert all(1 <= following.limit <= growth.cap for _, _, _, following in history(growth, events))


@given(GROWTHS, HISTORIES)
def test_only_answers_raise_the_limit_and_only_too_many_requests_lower_it(growth, events):
    for before, outcome, _, following in history(growth, events):
        if following.limit > before.limit:
            assert outcome == "answered"
        if following.limit < before.limit:
            assert outcome == "throttled"


@given(GROWTHS, HISTORIES)
def test_neutral_outcomes_change_nothing(growth, events):
    assert all(following == before for before, outcome, _, following in history(growth, events) if outcome == "neutral")


@given(GROWTHS, HISTORIES)
def test_cuts_lie_at_least_a_cooldown_apart(growth, events):
    cuts = [now for before, _, now, following in history(growth, events) if following.cut_at != before.cut_at]
    assert all(later >= earlier + growth.cooldown for earlier, later in pairwise(cuts))


@given(GROWTHS, HISTORIES)
def test_nothing_grows_within_a_cooldown_of_a_setback(growth, events):
    for before, _, now, following in history(growth, events):
        if now < before.setback_at + growth.cooldown:
            assert following.limit <= before.limit


@settings(deadline=None)
@given(GROWTHS, HISTORIES)
def test_no_history_freezes_the_limit(growth, events):
    """Whatever happened, enough answers bring the limit back to the cap."""
    steps = history(growth, events)
    pace, now = (steps[-1][3], steps[-1][2] + growth.cooldown) if steps else (first_pace(growth), 0.0)
    for _ in range(growth.cap * (growth.cap + 1)):
        if pace.limit == growth.cap:
            break
        pace = paced(pace, "answered", now, growth)
    assert pace.limit == growth.cap


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_slots_are_never_more_than_the_limit_and_go_to_the_first_who_came():
    slots, order, most = Slots(2), [], 0

    async def call(name: int) -> None:
        nonlocal most
        await slots.take()
        most = max(most, slots.taken)
        order.append(name)
        await asyncio.sleep(0)
        slots.give_back()

    await asyncio.gather(*(call(name) for name in range(20)))
    assert (order, most, slots.taken) == (list(range(20)), 2, 0)


async def test_a_case_with_many_calls_waiting_holds_up_no_other():
    slots, order = Slots(1), []

    async def call(lane: str) -> None:
        await slots.take(lane)
        order.append(lane)
        slots.give_back()

    await slots.take("before")
    crowd = [asyncio.create_task(call(lane)) for lane in ["big"] * 5 + ["small"] + ["other"] * 2]
    await settle()
    slots.give_back()
    await asyncio.gather(*crowd)
    assert order == ["big", "small", "other", "big", "other", "big", "big", "big"]


async def test_a_larger_limit_lets_more_in_at_once_and_a_smaller_one_waits_for_slots_to_come_back():
    slots = Slots(1)
    calls = [asyncio.create_task(slots.take(str(number))) for number in range(6)]
    await settle()
    assert slots.taken == 1
    slots.resize(4)
    await settle()
    assert [call.done() for call in calls] == [True] * 4 + [False] * 2
    slots.resize(1)
    for _ in range(3):
        slots.give_back()
    await settle()
    assert not calls[4].done()
    slots.give_back()
    await calls[4]
    slots.give_back()
    await calls[5]


async def test_a_call_that_gives_up_waiting_takes_no_slot():
    slots = Slots(1)
    await slots.take("a")
    waiting = [asyncio.create_task(slots.take("b")) for _ in range(2)]
    await settle()
    waiting[0].cancel()
    slots.give_back()
    await waiting[1]
    slots.give_back()
    assert slots.taken == 0


async def test_a_call_that_gives_up_in_the_moment_it_is_let_in_hands_its_slot_on():
    slots = Slots(1)
    await slots.take("a")
    waiting = [asyncio.create_task(slots.take("b")) for _ in range(2)]
    await settle()
    slots.give_back()
    waiting[0].cancel()
    await waiting[1]
    assert (waiting[0].cancelled(), slots.taken) == (True, 1)
