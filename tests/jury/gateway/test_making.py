"""Images and clips through the gateway: over HTTP through LiteLLM, and from offline makers."""

import asyncio
import base64
import io
import json
import socket
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from model_server import ModelServer, Served
from PIL import Image

from jury.errors import InputError, StoppedEarlyError
from jury.gateway.attempts import Patience
from jury.gateway.route.exhibits import Exhibits
from jury.gateway.route.transport import LiteLLMTransport
from jury.gateway.spending.budget import Limits
from jury.juries import check_model
from jury.means import MEDIA, Means, opened
from jury.media import MediaStore, Remote
from jury.prompt_files import open_library
from jury.providers import PROVIDERS, Provider, check_maker
from jury.records import Maker, Message, ModelFacts, Request, TextPart

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


def elsewhere(url: str) -> Served:
    return Served(body=json.dumps({"created": 1, "data": [{"url": url}]}).encode())


async def test_an_image_that_lies_at_a_host_nobody_allowed_is_not_fetched(means: Means) -> None:
    with ModelServer(lambda _: elsewhere("http://images.example/red.png?sig=s3cret")) as server:
        reply = await means.gateway.make(painting(server))
    assert reply.error is not None
    assert reply.error.kind == "missing"
    assert "images.example" in reply.error.detail
    assert "response_format: b64_json" in reply.error.detail
    assert "s3cret" not in reply.error.detail
    assert len(server.requests) == 1


async def test_an_image_that_lies_at_an_allowed_host_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    with ModelServer(lambda _: elsewhere("http://images.example/red.png")) as server:
        server.files["/red.png"] = png("red")
        port = int(server.base.split(":")[2].split("/")[0])
        remote = Remote(
            frozenset({"images.example"}),
            resolve=lambda host, port: ("93.184.216.34",),
            connect=lambda address, _, seconds: socket.create_connection(("127.0.0.1", port), seconds),
        )
        line = LiteLLMTransport(Exhibits(MediaStore(tmp_path / MEDIA)), remote=remote)
        async with opened(tmp_path, open_library(), patience=FAST, transport=line) as means:
            reply = await means.gateway.make(painting(server))
            assert reply.parsed is not None
            assert means.media.read(reply.parsed) == png("red")


async def test_the_way_out_for_an_image_that_lies_elsewhere_reaches_a_server_of_ones_own(means: Means) -> None:
    params = {"extra_body": {"response_format": "b64_json"}}
    with ModelServer(plain) as server:
        maker = Maker(model="openai/painter", api_base=server.base, params=params)
        await means.gateway.make(Request.to_make("image", maker, "a red door"))
    assert server.requests[0]["response_format"] == "b64_json"


async def test_base64_is_not_asked_for_where_the_model_is_known_not_to_take_it(means: Means) -> None:
    with ModelServer(plain) as server:
        maker = Maker(model="openai/gpt-image-1", api_base=server.base)
        await means.gateway.make(Request.to_make("image", maker, "a red door"))
    assert "response_format" not in server.requests[0]


async def test_a_painter_that_is_too_slow_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    patience = Patience(tries=2, timeout=0.2, longest_wait=0.01)
    async with opened(tmp_path, open_library(), patience=patience) as means:
        with ModelServer(lambda _: Served(delay=0.6)) as server:
            reply = await means.gateway.make(painting(server))
            assert len(server.requests) == 2
    assert reply.error is not None
    assert reply.error.kind == "timeout"


async def test_a_speaker_that_sends_no_clip_is_a_cause(means: Means) -> None:
    with ModelServer(lambda _: Served(body=b"RIFF broken")) as server:
        reply = await means.gateway.make(speaking(server))
    assert reply.parsed is None
    assert reply.error is not None
    assert len(server.requests) == FAST.tries


async def test_equal_requests_at_once_are_one_call(means: Means) -> None:
    with ModelServer(lambda _: Served(delay=0.05)) as server:
        replies = await asyncio.gather(*(means.gateway.make(painting(server)) for _ in range(4)))
    assert len({reply.parsed for reply in replies}) == 1
    assert len(server.requests) == 1


async def test_what_was_made_is_found_again_in_another_sitting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    with ModelServer(plain) as server:
        for _ in range(2):
            async with opened(tmp_path, open_library(), patience=FAST) as means:
                reply = await means.gateway.make(painting(server))
                assert reply.parsed is not None
                assert means.media.read(reply.parsed)
    assert len(server.requests) == 1


@pytest.mark.parametrize("damage", ["gone", "altered"])
async def test_an_image_that_was_paid_for_and_is_gone_is_a_cause_that_names_its_file(means: Means, damage: str) -> None:
    with ModelServer(plain) as server:
        made = (await means.gateway.make(painting(server))).parsed
        assert made is not None
        spoil(means.media.path(made), damage)
        reply = await means.gateway.make(painting(server))
    assert reply.parsed is None
    assert reply.error is not None
    assert reply.error.kind == "missing"
    assert made.sha256 in reply.error.detail
    assert len(server.requests) == 1


def spoil(file: Path, damage: str) -> None:
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(b"something else")


async def test_a_painter_that_will_not_is_a_refusal(means: Means) -> None:
    body = {"error": {"message": "rejected", "code": "content_policy_violation", "type": "invalid_request_error"}}
    with ModelServer(lambda _: Served(status=400, body=json.dumps(body).encode())) as server:
        reply = await means.gateway.make(painting(server))
    assert reply.error is not None
    assert reply.error.kind == "refused"
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("model", "cost"),
    [("openai/painter", None), ("openai/gpt-image-1", None), ("openai/dear", 0.25)],
    ids=["unknown", "no usage told", "stated"],
)
async def test_an_image_costs_what_is_known_and_never_nothing(tmp_path, monkeypatch, model, cost) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    facts = {"openai/dear": ModelFacts(cost_per_image=0.25)}
    async with opened(tmp_path, open_library(), patience=FAST, models=facts) as means:
        with ModelServer(plain) as server:
            request = Request.to_make("image", Maker(model=model, api_base=server.base), "a red door")
            reply = await means.gateway.make(request)
    assert reply.parsed is not None
    assert reply.usage.cost == cost


async def test_an_image_priced_by_tokens_costs_what_its_usage_says(means: Means) -> None:
    usage = {"input_tokens": 10, "output_tokens": 1056, "total_tokens": 1066}
    usage["input_tokens_details"] = {"text_tokens": 10, "image_tokens": 0}
    body = {"created": 1, "data": [{"b64_json": base64.b64encode(png("red")).decode()}], "usage": usage}
    with ModelServer(lambda _: Served(body=json.dumps(body).encode())) as server:
        maker = Maker(model="openai/gpt-image-1", api_base=server.base)
        reply = await means.gateway.make(Request.to_make("image", maker, "a red door"))
    # gpt-image-1: $5 per million tokens of text, $40 per million tokens of image
    assert reply.usage.cost == pytest.approx(10 * 5e-6 + 1056 * 4e-5)
    assert (reply.usage.input_tokens, reply.usage.output_tokens) == (10, 1056)


@pytest.mark.parametrize(("model", "cost"), [("openai/tts-1", 13 * 15e-6), ("openai/gpt-4o-mini-tts", None)])
async def test_speech_costs_its_characters_and_is_unknown_where_the_sound_is_what_costs(means, model, cost) -> None:
    with ModelServer(plain) as server:
        request = Request.to_make("audio", Maker(model=model, api_base=server.base), "one two three")
        reply = await means.gateway.make(request)
    assert reply.parsed is not None
    assert reply.usage.cost == (None if cost is None else pytest.approx(cost))


async def test_a_budget_stops_a_painter_once_the_money_is_spent(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    facts = {"openai/painter": ModelFacts(cost_per_image=0.25)}
    async with opened(tmp_path, open_library(), patience=FAST, models=facts, limits=Limits(cost=0.5)) as means:
        means.gateway.budget.check([], [("openai/painter", "image")])
        with ModelServer(plain) as server:
            for sample in range(2):
                await means.gateway.make(painting(server, sample=sample))
            with pytest.raises(StoppedEarlyError, match="--max-cost"):
                await means.gateway.make(painting(server, sample=2))
            assert len(server.requests) == 2


def png(colour: str) -> bytes:
    painted = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(painted, "PNG")
    return painted.getvalue()


class Easel:
    """An offline maker that notes how much it makes, and how much at once."""

    def __init__(self) -> None:
        self.calls = self.now = self.most = 0
        self._lock = threading.Lock()

    def makes(self, name: str, request: Request) -> bytes:
        with self._lock:
            self.calls, self.now = self.calls + 1, self.now + 1
            self.most = max(self.most, self.now)
        time.sleep(0.02)
        with self._lock:
            self.now -= 1
        if name == "blank":
            raise InputError("there is no paint")
        return b"mud" if name == "mud" else png(name)


@pytest.fixture
def easel(monkeypatch: pytest.MonkeyPatch) -> Easel:
    made = Easel()
    provider = Provider(handler=None, origin=lambda _: "0" * 64, makes=made.makes, parallel=2)
    monkeypatch.setitem(PROVIDERS._entries, "easel", provider)
    return made


def drawing(name: str, sample: int = 0) -> Request:
    return Request.to_make("image", Maker(model=f"easel/{name}"), "a sea", sample=sample)


@pytest.mark.usefixtures("easel")
async def test_an_offline_maker_goes_the_same_way_and_costs_nothing(means: Means) -> None:
    reply = await means.gateway.make(drawing("navy"))
    assert reply.parsed is not None
    assert reply.usage.cost == 0
    assert means.ledger.find(reply.keys[0]) is not None


async def test_an_offline_maker_makes_no_more_at_once_than_it_can(means: Means, easel: Easel) -> None:
    await asyncio.gather(*(means.gateway.make(drawing("navy", sample)) for sample in range(6)))
    assert (easel.calls, easel.most) == (6, 2)


@pytest.mark.parametrize("damage", ["gone", "altered"])
async def test_what_an_offline_maker_made_and_is_gone_is_made_again(means: Means, easel: Easel, damage: str) -> None:
    first = (await means.gateway.make(drawing("navy"))).parsed
    assert first is not None
    spoil(means.media.path(first), damage)
    assert (await means.gateway.make(drawing("navy"))).parsed == first
    assert means.media.read(first) == png("navy")
    assert easel.calls == 2


async def test_what_an_offline_maker_cannot_make_is_a_cause_and_does_not_put_it_out_of_service(
    means: Means, easel: Easel
) -> None:
    replies = [await means.gateway.make(drawing("blank", sample)) for sample in range(20)]
    assert {reply.error.detail for reply in replies if reply.error} == {"there is no paint"}
    assert easel.calls == 20
    assert (await means.gateway.make(drawing("navy"))).parsed is not None


async def test_broken_media_of_an_offline_maker_are_not_asked_for_again(means: Means, easel: Easel) -> None:
    reply = await means.gateway.make(drawing("mud"))
    assert reply.error is not None
    assert easel.calls == 1


async def test_a_model_that_only_speaks_words_makes_no_image(means: Means) -> None:
    reply = await means.gateway.make(Request.to_make("image", Maker(model="rehearsal/strict"), "a sea"))
    assert reply.error is not None
    assert "makes no image" in reply.error.detail
    with pytest.raises(InputError, match="makes no images or clips"):
        check_maker("rehearsal/strict")


async def test_a_maker_is_asked_nothing_in_words(means: Means, easel: Easel) -> None:
    question = Request(model="easel/navy", messages=(Message(role="user", parts=(TextPart(text="Why?"),)),))
    reply = await means.gateway.say(question)
    assert reply.error is not None
    assert "says nothing" in reply.error.detail
    assert easel.calls == 0
    with pytest.raises(InputError, match="says nothing"):
        check_model("easel/navy")
    check_maker("easel/navy")
