"""Settings that a server refuses are sent under another name or left out, and what was left out is on record."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from sockets import BALLOT, FORM, opened_gateway
from wire import ANTHROPIC, AZURE, DIALECTS, GEMINI, OPENAI, VLLM, Asked, HttpReply, WireServer, set_keys
from wire.dialect import json_reply

from jury.gateway.route.abilities import RESERVE
from jury.gateway.route.parameter_fallback import rejected_setting
from jury.gateway.route.provider_reply import ProviderReply
from jury.records import Message, ModelFacts, Request, TextPart

UNLISTED = (OPENAI.unlisted, AZURE.unlisted)


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    set_keys(monkeypatch)


def reasoning(asked: Asked) -> HttpReply | str:
    """A reasoning model of OpenAI's that LiteLLM doesn't know: one refusal at a time, as the real ones."""
    if "max_tokens" in asked.body:
        return OPENAI.max_tokens_rejected()
    return OPENAI.temperature_rejected() if asked.body.get("temperature", 1) != 1 else BALLOT


def question(server: WireServer, model: str, text: str = "Judge this.", **settings: Any) -> Request:
    message = Message(role="user", parts=(TextPart(text=text),))
    stated = {"temperature": 0.0, "max_tokens": 100, **settings}
    return Request(model=model, messages=(message,), api_base=server.base, **stated)


def sent(server: WireServer) -> list[dict[str, Any]]:
    """The settings of every request that arrived."""
    names = ("temperature", "max_tokens", "max_completion_tokens", "seed")
    return [{name: asked.body[name] for name in names if name in asked.body} for asked in server.asked]


@pytest.mark.parametrize("model", UNLISTED)
async def test_a_reasoning_model_that_nobody_lists_is_asked_as_it_wants_to_be(tmp_path: Path, model: str) -> None:
    dialect = AZURE if model.startswith("azure") else OPENAI
    with WireServer(dialect, reasoning) as server:
        async with opened_gateway(tmp_path) as opened:
            first = await opened.gateway.ask(question(server, model), FORM)
            second = await opened.gateway.ask(question(server, model, "Judge that."), FORM)
            kept = [completion for _, completion in opened.ledger.calls()]
    assert first.parsed == second.parsed is not None
    fitting = {"max_completion_tokens": 100 + RESERVE}
    assert sent(server) == [
        {"temperature": 0, "max_tokens": 100},
        {"temperature": 0, **fitting},
        fitting,
        fitting,
    ]
    assert [(one.unsent, one.error) for one in kept] == [(("temperature",), None)] * 2


async def test_room_to_think_is_as_stated_where_it_is_stated(tmp_path: Path) -> None:
    model = OPENAI.unlisted
    with WireServer(OPENAI, reasoning) as server:
        async with opened_gateway(tmp_path, {model: ModelFacts(reasoning_reserve=0)}) as opened:
            await opened.gateway.ask(question(server, model), FORM)
    assert sent(server)[-1] == {"max_completion_tokens": 100}


async def test_many_questions_at_once_all_find_out(tmp_path: Path) -> None:
    with WireServer(OPENAI, reasoning) as server:
        async with opened_gateway(tmp_path) as opened:
            asked = (opened.gateway.ask(question(server, OPENAI.unlisted, f"Judge {n}."), FORM) for n in range(8))
            replies = await asyncio.gather(*asked)
    assert all(reply.error is None for reply in replies)


async def test_what_one_address_refuses_is_sent_to_another(tmp_path: Path) -> None:
    with WireServer(OPENAI, reasoning) as strict, WireServer(OPENAI, lambda _: BALLOT) as easy:
        async with opened_gateway(tmp_path) as opened:
            for server in (strict, easy):
                await opened.gateway.ask(question(server, OPENAI.unlisted), FORM)
    assert sent(easy) == [{"temperature": 0, "max_tokens": 100}]


async def test_a_server_that_refuses_whatever_it_is_sent_is_not_asked_for_ever(tmp_path: Path) -> None:
    with WireServer(OPENAI, lambda _: OPENAI.temperature_rejected()) as server:
        async with opened_gateway(tmp_path) as opened:
            reply = await opened.gateway.ask(question(server, OPENAI.unlisted), FORM)
    assert "temperature" in str(reply.error)
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("dialect", "model", "unsent"),
    [
        (OPENAI, "openai/gpt-4o", ()),
        (OPENAI, "openai/o3-mini", ("temperature",)),  # LiteLLM drops what it knows this model not to take
        (ANTHROPIC, ANTHROPIC.model, ("seed",)),  # their API has none
        (GEMINI, GEMINI.model, ()),
        (VLLM, VLLM.model, ()),
    ],
    ids=str,
)
async def test_what_litellm_leaves_out_is_on_record_too(tmp_path: Path, dialect, model, unsent) -> None:
    with WireServer(dialect, ["Yes."]) as server:
        async with opened_gateway(tmp_path) as opened:
            _, completion = await opened.gateway.complete(question(server, model, seed=7))
    assert (completion.error, completion.unsent) == (None, unsent)


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_nothing_is_said_of_a_request_that_was_sent_as_it_is(tmp_path: Path, dialect) -> None:
    with WireServer(dialect, ["Yes."]) as server:
        async with opened_gateway(tmp_path) as opened:
            _, completion = await opened.gateway.complete(question(server, server.model))
    assert "unsent" not in json.loads(completion.to_json())


@pytest.mark.parametrize(
    ("words", "setting"),
    [
        (
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'",
            "max_tokens",
        ),
        ("Unsupported value: 'temperature' does not support 0 with this model. Only the default (1)", "temperature"),
        ("`temperature` is deprecated for this model.", "temperature"),
        ("`temperature` may only be set to 1 when thinking is enabled.", "temperature"),
        ("invalid temperature: only 1 is allowed for this model", "temperature"),
        ("seed: Extra inputs are not permitted", "seed"),
        ("Unknown parameter: 'seed'", "seed"),
        ("max_tokens is too large: 8192. This model supports at most 4096 completion tokens", None),
        ("temperature must be between 0 and 1", None),
        ("temperature: Input should be less than or equal to 1", None),
        ("The weather service is not supported; ask for the temperature elsewhere", None),
        ("This model's maximum context length is 4096 tokens", None),
    ],
)
def test_only_a_setting_that_is_not_taken_at_all_is_left_out(words: str, setting: str | None) -> None:
    message = Message(role="user", parts=(TextPart(text="?"),))
    asked = Request(model="a/b", messages=(message,), temperature=0.0, max_tokens=9, seed=1)
    reply = ProviderReply(400, text=json_reply({"error": {"message": words}}).body.decode())
    assert rejected_setting(reply, asked) == setting
    assert rejected_setting(ProviderReply(500, text=reply.text), asked) is None
    assert rejected_setting(reply, asked.but(temperature=None, max_tokens=None, seed=None)) is None
