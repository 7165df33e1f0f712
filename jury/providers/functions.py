"""`python/<name>@<origin>`: a function of the user's own that answers, asked through the gateway like any model."""

import asyncio
import hashlib
import inspect
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from jury.errors import InputError
from jury.providers.registry import PROVIDERS, Provider
from jury.providers.response import response_of
from jury.records import Target

NAME = "python"

T = TypeVar("T")

#: Messages in OpenAI's form (images and clips as data) → the answer's text, at once or awaited.
Answering = Callable[[list[dict[str, Any]]], str | Awaitable[str]]

#: Digits of the origin that are part of a model's name.
_SHOWN = 12


@dataclass(frozen=True)
class _Known:
    """A function that was offered as a model, and the hash of what makes its answers."""

    function: Answering
    origin: str

    async def answer(self, messages: list[dict[str, Any]]) -> str:
        """What it says. One that is not asynchronous is called in a thread, one call at a time: few are made for more."""
        if inspect.iscoroutinefunction(self.function):
            said = await self.function(messages)
        else:
            said = await asyncio.get_running_loop().run_in_executor(self._worker, self.function, messages)
            said = await said if inspect.isawaitable(said) else said
        if not isinstance(said, str):
            raise TypeError(f"gave {type(said).__name__}, not text")
        return said

    @cached_property
    def _worker(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(max_workers=1, thread_name_prefix=NAME)


_FUNCTIONS: dict[str, _Known] = {}


def function_target(
    function: Answering, *, name: str | None = None, origin: str | None = None, **settings: Any
) -> Target:
    """A function as a target: it gets a chat's messages in OpenAI's form and gives the answer's text.

    `origin` names the version of what answers. Its hash, or else that of the function's qualified name and source, is
    part of the model's name and of the ledger's key: a run resumes, and repeats, only the answers of the same version.
    What the function calls is not seen in its source, so state an `origin` where that changes. `settings` are the other
    fields of `Target`. Raises `InputError` for what has neither a source that can be read nor an `origin`.
    """
    called = name or str(getattr(function, "__qualname__", type(function).__qualname__))
    digest = hashlib.sha256(f"{called}\0{_source(function) if origin is None else origin}".encode()).hexdigest()
    model = f"{re.sub(r'[^A-Za-z0-9_.-]+', '-', called).strip('-')}@{digest[:_SHOWN]}"
    _FUNCTIONS[model] = _Known(function, digest)
    return Target(model=f"{NAME}/{model}", **settings)


def target_of(given: T | Answering) -> T | Target:
    """What was given as a target: a function as the model it is, all else untouched."""
    return function_target(given) if callable(given) else given


def _source(function: Answering) -> str:
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):
        raise InputError(
            f"the source of {function!r} can't be read, so a run could not tell its versions apart; "
            "offer it with benchmarks.function_target(function, origin='version 1')"
        ) from None


def origin(model: str) -> str:
    """The hash of what answers. Raises `InputError` for a function that this process was not given."""
    return _known(model).origin


def make_handler() -> Any:
    """The LiteLLM handler. What a function raises is its answer's cause, and is not tried again."""
    import litellm

    class FunctionLLM(litellm.CustomLLM):  # type: ignore[misc]
        async def acompletion(self, model: str, messages: list[dict[str, Any]], **_: Any) -> Any:
            try:
                said = await _known(model).answer(messages)
            except Exception as error:
                words = f"the function failed: {type(error).__name__}: {error}"
                raise litellm.BadRequestError(words, model=model, llm_provider=NAME) from error
            return response_of(model, said)

    return FunctionLLM()


def _known(model: str) -> _Known:
    found = _FUNCTIONS.get(model)
    if found is None:
        raise InputError(
            f"model '{NAME}/{model}' is a function, or a version of one, that this program was not given; "
            "hand it to benchmarks.run(…, target=function) from Python"
        )
    return found


PROVIDERS.add(NAME)(Provider(handler=make_handler, origin=origin, sees_images=True, hears_audio=True))
