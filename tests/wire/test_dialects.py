"""The servers speak as LiteLLM's clients expect it: words, images, clips, tokens and refusals come through a socket."""

import base64
import io
import json
import wave
from typing import Any

import litellm
import pytest
from PIL import Image

from wire import (
    ANTHROPIC,
    AZURE,
    BILLED,
    BLOCKING,
    DIALECTS,
    GEMINI,
    OLLAMA_GENERATE,
    OPENROUTER,
    Dialect,
    WireServer,
    set_keys,
)

SCHEMA = {
    "type": "object",
    "properties": {"choice": {"type": "string"}},
    "required": ["choice"],
    "additionalProperties": False,
}


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    set_keys(monkeypatch)


def a_png() -> bytes:
    """A small purple image."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8), (128, 0, 128)).save(file, "PNG")
    return file.getvalue()


def a_wav() -> bytes:
    """A tenth of a second of silence."""
    file = io.BytesIO()
    with wave.open(file, "wb") as clip:
        clip.setnchannels(1)
        clip.setsampwidth(2)
        clip.setframerate(16_000)
        clip.writeframes(bytes(3200))
    return file.getvalue()


def words(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def image(data: bytes) -> dict[str, Any]:
    return {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{base64.b64encode(data).decode()}"}}


def clip(data: bytes) -> dict[str, Any]:
    return {"type": "input_audio", "input_audio": {"data": base64.b64encode(data).decode(), "format": "wav"}}


async def ask(server: WireServer, *content: dict[str, Any], **settings: Any) -> Any:
    """The answer of LiteLLM to one question, told no more than the model's name and the server's address."""
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": list(content) or "Hello?"}]
    return await litellm.acompletion(
        model=server.model, messages=messages, api_base=server.base, max_retries=0, **settings
    )


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_words_and_an_image_arrive_and_words_and_tokens_come_back(dialect: Dialect) -> None:
    data = a_png()
    with WireServer(dialect, ["A purple square."]) as server:
        response = await ask(server, words("What is this?"), image(data))
    assert response.choices[0].message.content == "A purple square."
    assert response.choices[0].finish_reason == "stop"
    assert (response.usage.prompt_tokens, response.usage.completion_tokens) == (100, 20)
    (asked,) = server.asked
    assert asked.model == dialect.model.split("/", 1)[1]
    assert "Be brief." in asked.text
    assert "What is this?" in asked.text
    assert asked.images == (data,)
    assert dialect.sent_key(asked) == dialect.key or not dialect.key


@pytest.mark.parametrize("dialect", [dialect for dialect in DIALECTS if dialect.hears], ids=repr)
async def test_a_clip_arrives_whole(dialect: Dialect) -> None:
    data = a_wav()
    with WireServer(dialect, ["Silence."]) as server:
        response = await ask(server, words("What is said?"), clip(data))
    assert response.choices[0].message.content == "Silence."
    assert server.asked[0].clips == (data,)


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_a_schema_arrives_and_json_comes_back(dialect: Dialect) -> None:
    form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True}}
    with WireServer(dialect, [json.dumps({"choice": "safe"})]) as server:
        response = await ask(server, words("Judge."), response_format=form)
    assert json.loads(response.choices[0].message.content) == {"choice": "safe"}
    schema = server.asked[0].schema
    assert schema is not None
    assert set(schema["properties"]) == {"choice"}


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_an_answer_can_be_cut_off(dialect: Dialect) -> None:
    with WireServer(dialect, [dialect.cut_off("Once upon a")]) as server:
        response = await ask(server)
    # LiteLLM takes every completion of Ollama for a whole one.
    reason = "stop" if dialect is OLLAMA_GENERATE else "length"
    assert (response.choices[0].message.content, response.choices[0].finish_reason) == ("Once upon a", reason)


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
@pytest.mark.parametrize("reply", ["unknown_model", "image_rejected", "overloaded", "context_too_long"])
async def test_an_error_that_every_provider_has_is_an_error_to_litellm(dialect: Dialect, reply: str) -> None:
    with WireServer(dialect, [getattr(dialect, reply)()]) as server, pytest.raises(Exception, match=r"\w"):
        await ask(server)
    assert len(server.asked) == 1


@pytest.mark.parametrize("dialect", BLOCKING, ids=repr)
async def test_a_wrong_key_and_a_rate_limit_have_their_status(dialect: Any) -> None:
    with WireServer(dialect, [dialect.wrong_key(), dialect.rate_limited(7)]) as server:
        with pytest.raises((litellm.AuthenticationError, litellm.BadRequestError)):
            await ask(server)
        with pytest.raises(litellm.RateLimitError):
            await ask(server)


@pytest.mark.parametrize("dialect", BILLED, ids=repr)
async def test_an_empty_account_says_so(dialect: Any) -> None:
    with WireServer(dialect, [dialect.account_empty()]) as server, pytest.raises(Exception, match=r"(?i)credit|quota"):
        await ask(server)


async def test_azure_is_asked_by_its_deployment_and_version() -> None:
    with WireServer(AZURE, ["Hello."]) as server:
        await ask(server)
    (asked,) = server.asked
    assert asked.path == "/openai/deployments/our-own-deployment/chat/completions"
    assert asked.query == {"api-version": AZURE.api_version}


async def test_azures_filter_names_its_category() -> None:
    with (
        WireServer(AZURE, [AZURE.prompt_blocked("jailbreak")]) as server,
        pytest.raises(litellm.BadRequestError) as told,
    ):
        await ask(server)
    assert "content management policy" in str(told.value)


async def test_gemini_is_asked_by_the_models_name() -> None:
    with WireServer(GEMINI, [GEMINI.prompt_blocked()]) as server:
        response = await ask(server)
    assert server.asked[0].path == "/v1beta/models/gemini-2.5-flash:generateContent"
    assert response.choices[0].finish_reason == "content_filter"


async def test_an_error_of_openrouter_may_have_the_status_of_an_answer() -> None:
    with WireServer(OPENROUTER, [OPENROUTER.error_inside(), OPENROUTER.error_while_writing("Once")]) as server:
        with pytest.raises(Exception, match=r"\w"):
            await ask(server)
        response = await ask(server)
    assert response.choices[0].message.content == "Once"


async def test_anthropics_refusal_is_an_answer_that_was_filtered() -> None:
    with WireServer(ANTHROPIC, [ANTHROPIC.refusal("bio")]) as server:
        response = await ask(server)
    assert response.choices[0].finish_reason == "content_filter"


async def test_a_script_that_is_used_up_says_so() -> None:
    with WireServer(AZURE, []) as server, pytest.raises(Exception, match="used up"):
        await ask(server)
