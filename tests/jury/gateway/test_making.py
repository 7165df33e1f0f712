"""Images and clips through the gateway: over HTTP through LiteLLM, and from offline makers."""

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from model_server import ModelServer, Served
from PIL import Image

from jury.errors import InputError
from jury.gateway.attempts import Patience
from jury.means import Means, opened
from jury.prompt_files import open_library
from jury.providers import PROVIDERS, Provider
from jury.records import Maker, Request

FAST = Patience(tries=3, timeout=10, longest_wait=0.01)


@pytest.fixture
async def means(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Means]:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    async with opened(tmp_path, open_library(), patience=FAST) as opened_means:
        yield opened_means


def painting(server: ModelServer, words: str = "a red door", sample: int = 0) -> Request:
    return Request.to_make("image", Maker(model="openai/painter", api_base=server.base), words, sample=sample)


def speaking(server: ModelServer, words: str = "one two three") -> Request:
    return Request.to_make("audio", Maker(model="openai/speaker", api_base=server.base), words)


def plain(_: dict[str, object]) -> Served:
    return Served()


async def test_an_image_is_made_once_and_found_again(means: Means) -> None:
    with ModelServer(plain) as server:
        first = await means.gateway.make(painting(server))
        again = await means.gateway.make(painting(server))
    assert first.parsed is not None
    assert (first.parsed.width, first.parsed.height) == (32, 32)
    assert Image.open(io.BytesIO(means.media.read(first.parsed))).format == "PNG"
    assert (again.parsed, again.keys) == (first.parsed, first.keys)
    assert server.asked == {"a red door": 1}


async def test_another_sample_is_another_image(means: Means) -> None:
    with ModelServer(plain) as server:
        replies = [await means.gateway.make(painting(server, sample=number)) for number in (0, 1)]
    assert replies[0].keys != replies[1].keys
    assert server.asked == {"a red door": 2}


async def test_a_clip_comes_with_its_length(means: Means) -> None:
    with ModelServer(plain) as server:
        reply = await means.gateway.make(speaking(server))
    assert reply.parsed is not None
    assert reply.parsed.seconds == pytest.approx(0.3)
    assert server.requests[0]["voice"] == "alloy"


async def test_what_the_sitting_spent_counts_calls_made_and_none_found(means: Means) -> None:
    with ModelServer(plain) as server:
        await means.gateway.make(painting(server))
        await means.gateway.make(painting(server))
    assert means.gateway.spent.calls == 1


async def test_a_busy_painter_is_asked_again(means: Means) -> None:
    answers = iter([Served(status=429, body=b'{"error": {"message": "slow down"}}'), Served()])
    with ModelServer(lambda _: next(answers)) as server:
        reply = await means.gateway.make(painting(server))
    assert reply.parsed is not None
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"data": [{"b64_json": "aGVsbG8="}]}, "mislabelled"),
        ({"data": [{"b64_json": "?"}]}, "error"),
        ({"data": []}, "error"),
    ],
)
async def test_what_is_no_image_is_a_cause(means: Means, body: dict[str, object], kind: str) -> None:
    with ModelServer(lambda _: Served(body=json.dumps({"created": 1, **body}).encode())) as server:
        reply = await means.gateway.make(painting(server))
    assert reply.parsed is None
    assert reply.error is not None
    assert reply.error.kind == kind
    assert len(server.requests) == FAST.tries


async def test_an_image_that_lies_elsewhere_is_not_fetched(means: Means) -> None:
    elsewhere = {"created": 1, "data": [{"url": "http://images.example/secret.png"}]}
    with ModelServer(lambda _: Served(body=json.dumps(elsewhere).encode())) as server:
        reply = await means.gateway.make(painting(server))
    assert reply.error is not None
    assert "images.example" in reply.error.detail
    assert "response_format" in reply.error.detail
    assert len(server.requests) == 1


async def test_a_painter_that_will_not_is_a_refusal(means: Means) -> None:
    body = {"error": {"message": "rejected", "code": "content_policy_violation", "type": "invalid_request_error"}}
    with ModelServer(lambda _: Served(status=400, body=json.dumps(body).encode())) as server:
        reply = await means.gateway.make(painting(server))
    assert reply.error is not None
    assert reply.error.kind == "refused"
    assert len(server.requests) == 1


def _draw(name: str, request: Request) -> bytes:
    if name == "blank":
        raise InputError("there is no paint")
    painted = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(painted, "PNG")
    return painted.getvalue()


@pytest.fixture
def easel(monkeypatch: pytest.MonkeyPatch) -> None:
    provider = Provider(handler=None, origin=lambda _: "0" * 64, makes=_draw)
    monkeypatch.setitem(PROVIDERS._entries, "easel", provider)


@pytest.mark.usefixtures("easel")
async def test_an_offline_maker_goes_the_same_way_and_costs_nothing(means: Means) -> None:
    reply = await means.gateway.make(Request.to_make("image", Maker(model="easel/navy"), "a sea"))
    assert reply.parsed is not None
    assert reply.usage.cost == 0
    assert means.ledger.find(reply.keys[0]) is not None


@pytest.mark.usefixtures("easel")
async def test_what_an_offline_maker_cannot_make_is_a_cause(means: Means) -> None:
    reply = await means.gateway.make(Request.to_make("image", Maker(model="easel/blank"), "a sea"))
    assert reply.error is not None
    assert "no paint" in reply.error.detail


async def test_a_model_that_only_speaks_words_makes_no_image(means: Means) -> None:
    reply = await means.gateway.make(Request.to_make("image", Maker(model="rehearsal/strict"), "a sea"))
    assert reply.error is not None
    assert "makes no image" in reply.error.detail
