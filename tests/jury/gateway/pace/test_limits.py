"""Requests and tokens per minute: no minute holds more than its limit; and limits as people write them down."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.errors import InputError
from jury.gateway.pace.limits import MINUTE, Rates, Window, estimated_tokens
from jury.gateway.pace.limits_file import load_limits
from jury.records import ImagePart, MediaRef, Message, ModelLimits, Request, TextPart


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


def request(text: str = "x" * 400, max_tokens: int | None = 100) -> Request:
    return Request(model="m/m", messages=(Message(role="user", parts=(TextPart(text=text),)),), max_tokens=max_tokens)


AMOUNTS = st.lists(st.tuples(st.integers(0, 100), st.floats(0, 30, allow_nan=False)), max_size=60)


@given(AMOUNTS)
def test_no_minute_holds_more_than_the_limit(amounts):
    window, now, taken = Window(100), 0.0, []
    for amount, passed in amounts:
        now += passed
        while (pause := window.pause(amount, now)) > 0:
            now += pause
        window.take(amount, now)
        taken.append((now, amount))
        assert sum(one for at, one in taken if at + MINUTE > now) <= 100


@given(AMOUNTS)
def test_nobody_waits_longer_than_a_minute_or_without_need(amounts):
    window, now, taken = Window(100), 0.0, []
    for amount, passed in amounts:
        now += passed
        pause = window.pause(amount, now)
        held = sum(one for at, one in taken if at + MINUTE > now)
        assert (pause > 0) == (held + amount > 100)
        assert pause <= MINUTE + 1e-9  # times are floats
        now += pause
        taken.append((now, amount))
        window.take(amount, now)


def test_what_is_larger_than_a_whole_minute_goes_through_alone():
    window = Window(100)
    assert window.pause(250, 0.0) == 0
    window.take(250, 0.0)
    assert window.pause(1, 10.0) == 50
    assert window.pause(250, 60.0) == 0


def test_an_estimate_that_is_corrected_makes_room_or_takes_it():
    window = Window(100)
    share = window.take(90, 0.0)
    assert window.pause(20, 1.0) > 0
    window.correct(share, 30)
    assert window.pause(20, 1.0) == 0
    window.correct(share, 95)
    assert window.pause(20, 1.0) == 59


def test_a_correction_that_comes_after_its_minute_changes_nothing():
    window = Window(100)
    share = window.take(90, 0.0)
    assert window.pause(100, 60.0) == 0
    window.take(100, 60.0)
    window.correct(share, 10)
    assert window.pause(1, 61.0) == 59


async def test_requests_per_minute_spread_calls_over_minutes():
    clock = Clock()
    rates = Rates(ModelLimits(requests_per_minute=3), clock, clock.sleep)
    times = []
    for _ in range(7):
        await rates.admit(request())
        times.append(clock.now - 1000)
    assert times == [0, 0, 0, 60, 60, 60, 120]


async def test_tokens_per_minute_count_what_a_call_may_take_until_it_is_known_what_it_took():
    clock = Clock()
    rates = Rates(ModelLimits(tokens_per_minute=500), clock, clock.sleep)
    first = await rates.admit(request())
    await rates.admit(request())  # 200 each: 400 characters and 100 tokens of answer
    rates.settle(first, 50)
    await rates.admit(request())
    assert clock.now == 1000
    await rates.admit(request())
    assert clock.now == 1060


async def test_whoever_waits_for_tokens_goes_on_soon_after_an_answer_gives_some_back():
    clock = Clock()
    rates = Rates(ModelLimits(tokens_per_minute=200), clock, clock.sleep)
    share = await rates.admit(request())
    waiting = asyncio.create_task(rates.admit(request()))
    await asyncio.sleep(0)
    rates.settle(share, 0)
    await waiting
    assert clock.now <= 1002


async def test_without_limits_nobody_waits():
    clock = Clock()
    rates = Rates(ModelLimits(concurrency=2), clock, clock.sleep)
    assert [await rates.admit(request()) for _ in range(1000)] == [None] * 1000
    assert clock.slept == []


async def test_callers_are_let_through_in_the_order_they_came():
    clock, order = Clock(), []
    rates = Rates(ModelLimits(requests_per_minute=1), clock, clock.sleep)

    async def call(name: int) -> None:
        await rates.admit(request())
        order.append(name)

    await asyncio.gather(*(call(name) for name in range(5)))
    assert order == [0, 1, 2, 3, 4]


def test_an_estimate_counts_words_exhibits_and_the_longest_answer():
    image = ImagePart(media=MediaRef(sha256="0" * 64, mime="image/png", size=1))
    asked = Request(
        model="m/m", messages=(Message(role="user", parts=(TextPart(text="x" * 40), image)),), max_tokens=500
    )
    assert estimated_tokens(asked) == 10 + 800 + 500


def test_limits_are_read_by_model(tmp_path):
    path = tmp_path / "limits.yaml"
    path.write_text("openai/gpt: {requests_per_minute: 60, tokens_per_minute: 9000}\nlocal/llama: {concurrency: 2}\n")
    assert load_limits(path) == {
        "openai/gpt": ModelLimits(requests_per_minute=60, tokens_per_minute=9000),
        "local/llama": ModelLimits(concurrency=2),
    }


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("openai/gpt: {rpm: 60}", "unknown key `rpm`"),
        ("openai/gpt: {concurrency: 0}", "`concurrency`"),
        ("openai/gpt: {concurrency: many}", "`concurrency`"),
        ("openai/gpt: {requests_per_minute: true}", "`requests_per_minute`"),
        ("openai/gpt: 60", "openai/gpt"),
        ("7: {concurrency: 1}", "key 7"),
        ("- openai/gpt", "no mapping"),
    ],
)
def test_a_bad_limits_file_is_named_with_its_key(tmp_path, text, complaint):
    path = tmp_path / "limits.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        load_limits(path)
    assert complaint in str(caught.value)
    assert "limits.yaml" in str(caught.value)
