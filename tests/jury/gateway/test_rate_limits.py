"""Rate limits and trouble with accounts: a limit is waited out, and what nothing mends stops the run. The clock is ours."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from model_server import ModelServer, Served
from sockets import MODEL

from jury.errors import StoppedEarlyError
from jury.gateway.attempts import Attempts, Patience
from jury.gateway.pace.breaker import Fuse
from jury.gateway.route.exhibits import Exhibits
from jury.gateway.route.transport import LiteLLMTransport
from jury.media import MediaStore
from jury.records import Message, Request, TextPart


class Time:
    """A clock that only sleeping moves on."""

    def __init__(self) -> None:
        self.now = 0.0

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Pass so much time, once everybody else who can go on has done so."""
        until = self.now + seconds
        await asyncio.sleep(0.001)
        self.now = max(self.now, until)


def limited(wait: dict[str, str] | None = None) -> Served:
    words = {"error": {"message": "Too many requests", "type": "requests", "code": "rate_limit_exceeded"}}
    return Served(status=429, headers=wait or {}, body=json.dumps(words).encode())


def ask(server: ModelServer, number: int) -> Request:
    message = Message(role="user", parts=(TextPart(text=f"Question {number}"),))
    return Request(model=MODEL, messages=(message,), api_base=server.base)


def door(folder: Path, time: Time, **patience: object) -> Attempts:
    """What makes calls over sockets, by a clock of the test's."""
    transport = LiteLLMTransport(Exhibits(MediaStore(folder)))
    return Attempts(transport, Patience(**{"timeout": 30, **patience}), time.clock, time.sleep)


@pytest.mark.parametrize("wait", [{}, {"Retry-After": "7"}], ids=["without Retry-After", "with Retry-After"])
async def test_a_minute_of_rate_limits_loses_no_call(tmp_path, wait):
    time = Time()
    with ModelServer(lambda _: limited(wait) if time.now < 60 else Served(text="fine")) as server:
        calls = door(tmp_path, time)
        made = await asyncio.gather(*(calls.made(ask(server, number)) for number in range(40)))
    assert [completion.text for completion in made] == ["fine"] * 40
    assert time.now >= 60
    assert len(server.requests) < 40 * 6  # while nothing else is heard, nobody asks but one after the other


async def test_what_a_provider_asks_for_is_waited_for_however_long(tmp_path):
    time = Time()
    with ModelServer(lambda _: limited({"Retry-After": "300"}) if time.now < 300 else Served(text="fine")) as server:
        made = await door(tmp_path, time, longest_wait=1).made(ask(server, 0))
    assert (made.text, made.tries, time.now) == ("fine", 2, 300)


async def test_a_limit_that_outlasts_the_patience_stops_the_run(tmp_path):
    time = Time()
    stops = pytest.raises(StoppedEarlyError, match=r"Too many requests.*--patience 600.*the same command goes on")
    with ModelServer(lambda _: limited()) as server, stops:
        await door(tmp_path, time).made(ask(server, 0))
    assert 300 < time.now <= 600


async def test_nobody_waits_in_vain_for_a_wish_that_the_patience_does_not_allow(tmp_path):
    time = Time()
    stops = pytest.raises(StoppedEarlyError, match="asks to be left alone for 3600 s")
    with ModelServer(lambda _: limited({"Retry-After": "3600"})) as server, stops:
        await door(tmp_path, time).made(ask(server, 0))
    assert (len(server.requests), time.now) == (1, 0)


async def test_patience_begins_anew_whenever_the_model_answers(tmp_path):
    time = Time()
    answered_at: list[float] = []

    def slow(_: object) -> Served:
        """One answer every 400 seconds."""
        if time.now < 400 * (len(answered_at) + 1):
            return limited({"Retry-After": "100"})
        answered_at.append(time.now)
        return Served(text="fine")

    with ModelServer(slow) as server:
        calls = door(tmp_path, time, per_model=1)
        made = await asyncio.gather(*(calls.made(ask(server, number)) for number in range(4)))
    assert [completion.text for completion in made] == ["fine"] * 4
    assert time.now >= 1600


async def test_a_request_that_is_too_large_for_any_minute_is_not_waited_for(tmp_path):
    words = {
        "error": {"message": "Request too large for gpt-4o on tokens per min (TPM)", "code": "rate_limit_exceeded"}
    }
    with ModelServer(lambda _: Served(status=429, body=json.dumps(words).encode())) as server:
        made = await door(tmp_path, Time()).made(ask(server, 0))
    assert (made.error.kind, made.tries) == ("error", 1)


def blocked() -> Served:
    words = {
        "error": {
            "message": "Filtered.",
            "code": "content_filter",
            "innererror": {"code": "ResponsibleAIPolicyViolation"},
        }
    }
    return Served(status=400, body=json.dumps(words).encode())


async def test_forty_blocked_prompts_in_a_row_are_forty_answers_of_a_model_in_service(tmp_path):
    with ModelServer(lambda _: blocked()) as server:
        calls = door(tmp_path, Time(), fuse=Fuse(failures=2))
        made = await asyncio.gather(*(calls.made(ask(server, number)) for number in range(40)))
        server.behaviour = lambda _: Served(text="fine")
        after = await calls.made(ask(server, 40))
    assert [(one.tries, one.error.kind, one.filtered.stage) for one in made] == [(1, "refused", "prompt")] * 40
    assert (after.text, len(server.requests)) == ("fine", 41)


async def test_blocks_let_a_model_be_asked_more_at_once_as_answers_do(tmp_path):
    at_once: list[int] = []

    async def most_at_once(behaviour: Callable[[object], Served]) -> int:
        with ModelServer(behaviour) as server:
            calls = door(tmp_path, Time())
            await asyncio.gather(*(calls.made(ask(server, number)) for number in range(60)))
            (service,) = calls._services.values()
            return service._pace.limit

    at_once = [await most_at_once(lambda _: blocked()), await most_at_once(lambda _: Served(text="fine"))]
    assert at_once[0] == at_once[1] > 4
