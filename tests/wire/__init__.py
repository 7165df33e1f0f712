"""Servers on 127.0.0.1 that speak as real providers do, for tests over real sockets through LiteLLM.

A test opens a server of one provider with a script (what is sent back, in order, or a function of what was asked),
gives its `model` and its `base` to whatever makes calls, and looks at `asked`: every request with its headers, its
text, and the images and clips that arrived, decoded.

    with WireServer(GEMINI, [GEMINI.rate_limited(2), GEMINI.answer("An egg.")]) as server:
        request = Request(model=server.model, api_base=server.base, messages=messages)
        ...
        assert server.asked[-1].images

Where to set a provider's address is stated in its module: as `api_base`, which all take, or in the environment.
`set_keys` puts a made-up key of every provider into the environment. No form here was taken from memory: each module
names the pages that document it.
"""

import pytest

from wire.anthropic import ANTHROPIC
from wire.azure import AZURE
from wire.dialect import Asked, BlockingDialect, Dialect
from wire.gemini import GEMINI
from wire.http_server import HttpReply, HttpRequest, HttpServer
from wire.ollama import OLLAMA, OLLAMA_GENERATE
from wire.openai import OPENAI
from wire.openrouter import OPENROUTER
from wire.server import WireServer
from wire.vllm import VLLM

#: Every provider's form.
DIALECTS: tuple[Dialect, ...] = (OPENAI, AZURE, OPENROUTER, VLLM, OLLAMA, OLLAMA_GENERATE, ANTHROPIC, GEMINI)

#: Those that keep prompts from their models, or answers from who asked.
BLOCKING: tuple[BlockingDialect, ...] = (OPENAI, AZURE, OPENROUTER, ANTHROPIC, GEMINI)

#: Those whose accounts may be empty.
BILLED: tuple[BlockingDialect, ...] = (OPENAI, OPENROUTER, ANTHROPIC, GEMINI)


def set_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A made-up key of every provider, and Azure's API version, in the environment; no address of any of them."""
    for dialect in DIALECTS:
        if dialect.key_variable:
            monkeypatch.setenv(dialect.key_variable, dialect.key)
        for variable in dialect.base_variables:
            monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("AZURE_API_VERSION", AZURE.api_version)


__all__ = [
    "ANTHROPIC",
    "AZURE",
    "BILLED",
    "BLOCKING",
    "DIALECTS",
    "GEMINI",
    "OLLAMA",
    "OLLAMA_GENERATE",
    "OPENAI",
    "OPENROUTER",
    "VLLM",
    "Asked",
    "BlockingDialect",
    "Dialect",
    "HttpReply",
    "HttpRequest",
    "HttpServer",
    "WireServer",
    "set_keys",
]
