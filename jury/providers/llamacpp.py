"""`llamacpp/<path or name>`: a GGUF model in this process, through llama.cpp. Real language, no server, no key."""

import asyncio
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import Any

from jury.errors import InputError
from jury.providers.gguf import content_hash, gguf_file
from jury.providers.grammar import tightened
from jury.providers.registry import PROVIDERS, Provider
from jury.providers.response import response_of

#: Tokens that prompt and answer may have together.
CONTEXT = 8192
#: llama.cpp draws a seed of its own where none is given; a fixed one lets runs repeat.
SEED = 1
#: Log level at which llama.cpp keeps silent.
SILENT = 0

#: What LiteLLM passes along that is not llama.cpp's business.
_NOT_FOR_LLAMA = frozenset({"item", "stream", "max_retries"})


class UnsuitableError(Exception):
    """llama.cpp can't do what was asked; asking again won't help. `too_long` if the prompt exceeds the context."""

    def __init__(self, message: str, *, too_long: bool = False) -> None:
        super().__init__(message)
        self.too_long = too_long


class LlamaServers:
    """One llama.cpp server per model file, all used from a single worker thread, so that the event loop lives."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="llamacpp")
        self._servers: dict[str, Any] = {}

    async def chat(self, file: str, question: Mapping[str, Any]) -> dict[str, Any]:
        """An OpenAI-form answer to an OpenAI-form question. Raises `UnsuitableError`."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, self._chat, file, question)

    def _chat(self, file: str, question: Mapping[str, Any]) -> dict[str, Any]:
        if file not in self._servers:
            self._servers[file] = _server(file)
        try:
            answer: dict[str, Any] = self._servers[file].handle_chat_completions(dict(question))
        except (RuntimeError, ValueError) as error:
            raise UnsuitableError(str(error)) from error
        if "error" in answer:
            too_long = answer["error"]["type"] == "exceed_context_size_error"
            raise UnsuitableError(answer["error"]["message"], too_long=too_long)
        return answer


def origin(model: str) -> str:
    """SHA-256 of the model file. Raises `InputError` if it, or llama.cpp itself, is not there."""
    if find_spec("xllamacpp") is None:
        raise InputError(f"model 'llamacpp/{model}' needs llama.cpp; pip install 'multimodal-jury[local]'")
    return content_hash(gguf_file(model))


def make_handler() -> Any:
    """The LiteLLM handler; models are loaded on first use."""
    import litellm

    servers = LlamaServers()

    class LlamaCppLLM(litellm.CustomLLM):  # type: ignore[misc]
        async def acompletion(
            self, model: str, messages: list[dict[str, Any]], optional_params: dict[str, Any], **_: Any
        ) -> Any:
            try:
                answer = await servers.chat(str(gguf_file(model)), question_of(messages, optional_params))
            except UnsuitableError as problem:
                kind = litellm.ContextWindowExceededError if problem.too_long else litellm.BadRequestError
                raise kind(str(problem), model=model, llm_provider="llamacpp") from problem
            choice, usage = answer["choices"][0], answer["usage"]
            return response_of(
                model,
                choice["message"].get("content") or "",
                prompt_tokens=usage["prompt_tokens"],
                completion_tokens=usage["completion_tokens"],
                finish_reason=choice["finish_reason"],
            )

    return LlamaCppLLM()


def question_of(messages: list[dict[str, Any]], params: Mapping[str, Any]) -> dict[str, Any]:
    """The question in OpenAI's form: the caller's settings, a schema the model can finish, a seed in any case."""
    settings = {name: value for name, value in params.items() if name not in _NOT_FOR_LLAMA}
    if "response_format" in settings:
        settings["response_format"] = tightened(settings["response_format"], settings.get("max_tokens"))
    return {"seed": SEED, **settings, "messages": messages}


def _server(file: str) -> Any:
    """A silent server that answers one question at a time and alike each time it is asked."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = file
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    cores = _cores()
    params.cpuparams_batch.n_threads = cores
    # Threads meet after every token: where one of them has to wait for a busy core, all of them crawl.
    params.cpuparams.n_threads = max(1, cores - 1)
    params.warmup = False
    params.verbosity = SILENT
    # A warm cache changes the last digits, and so the words, of an answer by what was asked before it.
    params.cache_prompt = False
    params.cache_ram_mib = 0
    try:
        return xllamacpp.Server(params)
    except RuntimeError as error:
        raise UnsuitableError(f"llama.cpp can't load {file}: {error}") from error


def _cores() -> int:
    """The cores this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


PROVIDERS.add("llamacpp")(Provider(handler=make_handler, origin=origin, parallel=1))
