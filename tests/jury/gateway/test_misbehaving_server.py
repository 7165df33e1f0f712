"""A model server that misbehaves, met through LiteLLM over real sockets: what comes out, how often it was asked, what is kept."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from model_server import ModelServer, Served

from jury.errors import StoppedEarlyError
from jury.gateway.attempts import Patience
from jury.gateway.call import Gateway
from jury.means import opened
from jury.prompt_files import open_library
from jury.records import Completion, Message, Request, TextPart

TRIES = 3
TIMEOUT = 1.0

GOOD = Served(text="All is well.")


def body(**content: object) -> bytes:
    return json.dumps(content).encode()


@dataclass(frozen=True)
class Mischief:
    """What a server does, and what it must amount to: a cause, words in its detail, and the number of tries."""

    served: Served
    kind: str
    words: str
    tries: int = TRIES


#: What passes however long it takes: it is not held against a call.
LIMITS = {
    "429 with Retry-After": Served(
        status=429, headers={"Retry-After": "0.05"}, body=body(error={"message": "slow down"})
    ),
    "429 without Retry-After": Served(status=429, body=body(error={"message": "slow down"})),
    "529": Served(status=529, body=body(error={"message": "overloaded"})),
}

MISCHIEF = {
    "500": Mischief(Served(status=500, body=body(error={"message": "out of order"})), "error", "out of order"),
    "hang": Mischief(Served(text="late", delay=TIMEOUT + 1), "timeout", f"{TIMEOUT:g} s"),
    "slow drip": Mischief(Served(text="x" * 200, drip=0.02), "timeout", f"{TIMEOUT:g} s"),
    "truncated JSON": Mischief(
        Served(body=b'{"id": "x", "choices": [{"index": 0, "mess'), "error", "Unterminated string"
    ),
    "invalid JSON": Mischief(Served(body=b"<html>it works!</html>"), "error", "Expecting value"),
    "empty choices": Mischief(
        Served(body=body(id="x", object="chat.completion", created=1, model="m", choices=[])), "error", "no choices"
    ),
    "connection reset": Mischief(Served(reset=True), "error", "Connection"),
    "200 with an error body": Mischief(
        Served(body=body(error={"message": "upstream failed", "code": 502})), "error", "upstream failed"
    ),
}

#: All that may go wrong once.
ONCE = {name: mischief.served for name, mischief in MISCHIEF.items()} | LIMITS

ROUTES = ("hosted_vllm/m", "openai/m")


def sendings(name: str, route: str) -> set[int]:
    """How often the server may see one try: some releases of LiteLLM send a request again if its connection broke."""
    return {1, 2} if (name, route) == ("connection reset", "hosted_vllm/m") else {1}


@asynccontextmanager
async def gateway(folder: Path, **stated: float) -> AsyncIterator[Gateway]:
    patience = Patience(**{"tries": TRIES, "timeout": TIMEOUT, "longest_wait": 0.05, **stated})
    async with opened(folder, open_library(), patience=patience) as means:
        yield means.gateway


def question(server: ModelServer, route: str, number: int = 0) -> Request:
    message = Message(role="user", parts=(TextPart(text=f"Question {number}"),))
    return Request(model=route, messages=(message,), max_tokens=50, api_base=server.base)


@pytest.fixture(autouse=True)
def some_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The `openai` route wants a key, even where none is checked."""
    monkeypatch.setenv("OPENAI_API_KEY", "none-needed-here")


@pytest.fixture(scope="module", autouse=True)
def warmed_up(tmp_path_factory: pytest.TempPathFactory) -> None:
    """LiteLLM's first call of a route takes longer than the tests' time-out allows a server."""

    async def ask_once() -> None:
        with ModelServer(lambda _: GOOD) as server:
            async with gateway(tmp_path_factory.mktemp("warm"), timeout=60) as door:
                for route in ROUTES:
                    assert (await door.say(question(server, route))).error is None

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_KEY", "none-needed-here")
        asyncio.run(ask_once())


def first(mischief: Served) -> Callable[[object], Served]:
    """A server that misbehaves once and then answers."""
    left = [mischief]
    return lambda _: left.pop() if left else GOOD


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("name", MISCHIEF)
async def test_a_server_that_never_behaves_leaves_a_named_cause_and_is_asked_no_more_than_it_may(tmp_path, name, route):
    mischief = MISCHIEF[name]
    with ModelServer(lambda _: mischief.served) as server:
        async with gateway(tmp_path) as door:
            request = question(server, route)
            reply = await door.say(request)
            kept = door.ledger.find(request.key)
    assert (reply.parsed, reply.text, reply.keys) == (None, "", (request.key,))
    assert reply.error.kind == mischief.kind
    assert mischief.words in reply.error.detail
    assert len(server.requests) in {mischief.tries * each for each in sendings(name, route)}
    assert kept == Completion(error=reply.error, tries=mischief.tries)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("name", ONCE)
async def test_a_server_that_misbehaves_once_is_asked_again_and_its_answer_is_kept(tmp_path, name, route):
    with ModelServer(first(ONCE[name])) as server:
        async with gateway(tmp_path) as door:
            request = question(server, route)
            reply = await door.say(request)
            kept = door.ledger.find(request.key)
    assert (reply.parsed, reply.error) == ("All is well.", None)
    assert (kept.text, kept.error) == ("All is well.", None)
    assert kept.tries in {3 - each for each in sendings(name, route)}
    assert (kept.input_tokens, kept.output_tokens) == (100, 20)
    assert len(server.requests) == 2


@pytest.mark.parametrize("route", ROUTES)
async def test_a_wrong_key_stops_the_run_at_once_and_leaves_nothing_behind(tmp_path, route):
    refused = Served(status=401, body=body(error={"message": "Incorrect API key"}))
    with ModelServer(lambda _: refused) as server:
        async with gateway(tmp_path) as door:
            request = question(server, route)
            with pytest.raises(StoppedEarlyError, match=r"Incorrect API key.*_API_KEY.*the same command goes on"):
                await door.say(request)
            assert door.ledger.find(request.key) is None
    assert len(server.requests) == 1


@pytest.mark.parametrize("route", ROUTES)
async def test_retry_after_delays_its_own_call_and_no_other(tmp_path, route):
    def moody(request: dict) -> Served:
        told_off = request["messages"][0]["content"].endswith(" 0") and not waited
        waited.append(True) if told_off else None
        later = Served(status=429, headers={"Retry-After": "2"}, body=body(error={"message": "slow down"}))
        return later if told_off else GOOD

    waited: list[bool] = []
    with ModelServer(moody) as server:
        async with gateway(tmp_path, longest_wait=60) as door:
            await door.say(question(server, route, 1))
            started = time.monotonic()
            delayed = asyncio.create_task(door.say(question(server, route, 0)))
            others = [door.say(question(server, route, number)) for number in range(2, 10)]
            await asyncio.gather(*others)
            assert time.monotonic() - started < 2
            assert (await delayed).error is None
            assert time.monotonic() - started >= 2


async def test_a_server_that_nobody_runs_stops_the_run_after_its_tries_and_leaves_nothing_behind(tmp_path):
    with ModelServer() as server:
        pass
    async with gateway(tmp_path) as door:
        request = question(server, "hosted_vllm/m")
        with pytest.raises(StoppedEarlyError, match=f"no server answers at {server.base}.*start it"):
            await door.say(request)
        assert door.ledger.find(request.key) is None
