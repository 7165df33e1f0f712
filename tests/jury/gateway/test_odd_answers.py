"""What servers answer that is no plain answer: read where there are words, else told by a cause of its own."""

import json
from pathlib import Path
from typing import Any

import pytest
from sockets import FORM, opened_gateway
from wire import (
    ANTHROPIC,
    AZURE,
    DIALECTS,
    GEMINI,
    OLLAMA,
    OLLAMA_GENERATE,
    OPENAI,
    OPENROUTER,
    VLLM,
    Dialect,
    HttpReply,
    WireServer,
    set_keys,
)
from wire.dialect import json_reply

from jury.gateway.reply import Reply
from jury.records import Completion, Message, Request, TextPart

#: Those that speak OpenAI's chat completions.
CHATS = (OPENAI, AZURE, OPENROUTER, VLLM)

LOADING = json_reply({"error": "model is loading"})
TRACEBACK = "Traceback (most recent call last):\n  File \"/srv/app.py\", line 3, in answer\nKeyError: 'usage'"


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    set_keys(monkeypatch)


async def answered(dialect: Dialect, reply: HttpReply, folder: Path) -> tuple[Completion, Reply[str]]:
    """What the gateway keeps of one question to a server that gives one answer, and what it makes of it."""
    message = Message(role="user", parts=(TextPart(text="Hello?"),))
    with WireServer(dialect, lambda _: reply) as server:
        request = Request(model=server.model, messages=(message,), api_base=server.base)
        async with opened_gateway(folder) as opened:
            _, completion = await opened.gateway.complete(request)
            return completion, await opened.gateway.say(request)


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")  # LiteLLM's, of what it can't read
@pytest.mark.parametrize("dialect", CHATS, ids=repr)
async def test_a_content_in_parts_is_read_as_one(tmp_path, dialect: Any) -> None:
    completion, reply = await answered(dialect, dialect.content_parts("Eight ", "minutes."), tmp_path)
    assert (reply.parsed, completion.error) == ("Eight minutes.", None)
    assert (completion.input_tokens, completion.output_tokens) == (100, 20)


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_an_answer_that_tells_of_no_tokens_is_read_and_its_tokens_are_unknown(tmp_path, dialect) -> None:
    completion, reply = await answered(dialect, dialect.answer("Eight minutes.", usage=None), tmp_path)
    assert (reply.parsed, completion.error, completion.finish_reason) == ("Eight minutes.", None, "stop")
    assert (completion.input_tokens, completion.output_tokens) == (None, None)


@pytest.mark.parametrize(
    ("dialect", "reply"),
    [
        *((dialect, dialect.tool_calls_only()) for dialect in CHATS),
        (VLLM, VLLM.choice({"content": None, "function_call": {"name": "f", "arguments": "{}"}}, "function_call")),
        (ANTHROPIC, ANTHROPIC.message([{"type": "tool_use", "id": "t", "name": "search", "input": {}}], "tool_use")),
    ],
    ids=repr,
)
async def test_a_call_of_a_tool_is_no_answer_and_said_to_be_one(tmp_path, dialect, reply) -> None:
    _, told = await answered(dialect, reply, tmp_path)
    assert str(told.error) == "unreadable: calls a tool, though none is offered, and says nothing"


@pytest.mark.parametrize("end", ["MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "OTHER"])
async def test_an_odd_end_without_words_is_named(tmp_path, end: str) -> None:
    completion, told = await answered(GEMINI, GEMINI.candidate("", end), tmp_path)
    assert completion.finish_reason == end.lower()
    assert str(told.error) == f"unreadable: is empty; it ended in {end.lower()}"


@pytest.mark.parametrize("dialect", CHATS, ids=repr)
async def test_half_an_answer_that_ended_in_an_error_is_none(tmp_path, dialect: Any) -> None:
    completion, told = await answered(dialect, dialect.choice({"content": "Eight mi"}, "error"), tmp_path)
    assert completion.text == ""
    assert str(told.error) == "error: the answer ended in an error of the provider"


async def test_what_a_provider_says_of_an_answer_that_it_broke_off_is_kept(tmp_path) -> None:
    _, told = await answered(OPENROUTER, OPENROUTER.error_while_writing("Eight mi"), tmp_path)
    assert "Upstream idle timeout exceeded" in str(told.error)


@pytest.mark.parametrize(
    ("dialect", "reply", "words"),
    [
        (OPENROUTER, OPENROUTER.error_inside(), "Provider returned error: upstream error"),
        (OPENAI, LOADING, "model is loading"),
        (VLLM, LOADING, "model is loading"),
        (OLLAMA, LOADING, "model is loading"),
        (OLLAMA_GENERATE, LOADING, "model is loading"),
        (
            ANTHROPIC,
            json_reply({"type": "error", "error": {"type": "api_error", "message": "Went wrong"}}),
            "Went wrong",
        ),
        (GEMINI, json_reply({"error": {"code": 500, "message": "Went wrong", "status": "INTERNAL"}}), "Went wrong"),
    ],
    ids=repr,
)
async def test_an_error_in_the_place_of_an_answer_is_an_error_in_the_providers_words(
    tmp_path, dialect, reply, words
) -> None:
    completion, told = await answered(dialect, reply, tmp_path)
    assert (completion.text, told.error.kind) == ("", "error")
    assert words in told.error.detail
    assert "litellm" not in told.error.detail


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
@pytest.mark.parametrize(
    "reply",
    [
        HttpReply(f"<html><pre>{TRACEBACK}</pre></html>".encode(), 500, {"Content-Type": "text/html"}),
        HttpReply(TRACEBACK.encode(), 500, {"Content-Type": "text/plain"}),
        json_reply({"error": {"message": TRACEBACK, "type": "InternalServerError", "code": 500}}, 500),
        json_reply({"error": TRACEBACK}, 500),
        HttpReply(b"<html>Bad gateway</html>", 200, {"Content-Type": "text/html"}),
        json_reply({}),
        json_reply([]),
        json_reply({"choices": [None], "candidates": [None], "content": [None], "message": None}),
    ],
    ids=["page", "text", "error", "words", "gateway", "nothing", "list", "nulls"],
)
async def test_no_traceback_is_ever_kept_as_a_cause(tmp_path, dialect: Dialect, reply: HttpReply) -> None:
    completion, told = await answered(dialect, reply, tmp_path)
    kept = completion.to_json().decode() + str(told.error)
    assert told.error is not None
    assert told.error.detail
    for trace in ("Traceback", 'File "', "site-packages", "File it with one click", "\\n"):
        assert trace not in kept


async def test_a_ballot_in_parts_is_cast(tmp_path) -> None:
    ballot = json.dumps({"reasoning": "r", "choice": "unsafe", "rating": 2, "confidence": 0.5})
    message = Message(role="user", parts=(TextPart(text="Judge."),))
    with WireServer(VLLM, lambda _: VLLM.content_parts(ballot[:20], ballot[20:])) as server:
        async with opened_gateway(tmp_path) as opened:
            reply = await opened.gateway.ask(
                Request(model=server.model, messages=(message,), api_base=server.base), FORM
            )
    assert reply.parsed is not None
    assert reply.parsed.choice == "unsafe"
