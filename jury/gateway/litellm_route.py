"""The transport to real models: one try through LiteLLM, with our own providers beside its own."""

import asyncio
import logging
import os
import time
from dataclasses import dataclass
from typing import Any, Literal

from jury.gateway.exhibits import Exhibits
from jury.gateway.transport import CallFailedError
from jury.providers import PROVIDERS, provider_of
from jury.records import Cause, Completion, Request

#: Longest part of a provider's error message that is kept, in characters.
DETAIL = 500


@dataclass(frozen=True)
class Abilities:
    """What a model takes and what it costs: `price` is `listed`, `free` (runs here) or `unknown`."""

    sees: bool
    hears: bool
    fits_schema: bool
    price: Literal["listed", "free", "unknown"]


class LiteLLMTransport:
    """One try at a call through `litellm.acompletion`; retries and limits are the gateway's."""

    def __init__(self, exhibits: Exhibits) -> None:
        self._exhibits = exhibits
        self._litellm = _prepared_litellm()
        self._abilities: dict[str, Abilities] = {}

    async def attempt(self, request: Request, timeout: float) -> Completion:
        """The model's answer. Raises `CallFailedError` for every failure, with its kind and whether it may pass."""
        arguments = self._arguments(request, timeout)
        started = time.perf_counter()
        try:
            async with asyncio.timeout(timeout):
                response = await self._litellm.acompletion(**arguments)
        except TimeoutError:
            raise CallFailedError(Cause(kind="timeout", detail=f"no answer in {timeout:g} s"), passing=True) from None
        except Exception as error:
            raise _failure(error) from error
        return _completion(response, time.perf_counter() - started, self._able(request.model))

    def _able(self, model: str) -> "Abilities":
        """What a model can do, looked up once: LiteLLM tries hundreds of patterns for a model it doesn't know."""
        if model not in self._abilities:
            self._abilities[model] = _abilities(self._litellm, model)
        return self._abilities[model]

    def _arguments(self, request: Request, timeout: float) -> dict[str, Any]:
        able = self._able(request.model)
        arguments: dict[str, Any] = {
            **request.params,
            "model": request.model,
            "messages": self._exhibits.chat(request.messages, sees=able.sees, hears=able.hears),
            "timeout": timeout,
            "max_retries": 0,
            "num_retries": 0,
        }
        optional = {
            "temperature": request.temperature,
            "max_tokens": request.max_tokens,
            "seed": request.seed,
            "api_base": request.api_base,
            "item": request.item or None,
        }
        arguments.update({name: value for name, value in optional.items() if value is not None})
        if request.answer_schema is not None and able.fits_schema:
            arguments["response_format"] = _response_format(request.answer_schema)
        return arguments


def _prepared_litellm() -> Any:
    """LiteLLM, imported late (it takes seconds) and told to fetch nothing."""
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    import litellm

    logging.getLogger("LiteLLM").setLevel(logging.ERROR)
    litellm.suppress_debug_info = True
    litellm.telemetry = False
    litellm.drop_params = True
    ours = [{"provider": name, "custom_handler": PROVIDERS.get(name).handler()} for name in PROVIDERS]
    others = [entry for entry in litellm.custom_provider_map if entry["provider"] not in PROVIDERS]
    litellm.custom_provider_map = [*others, *ours]
    litellm.utils.custom_llm_setup()
    return litellm


def _abilities(litellm: Any, model: str) -> Abilities:
    provider = provider_of(model)
    if provider is not None:
        _introduce(litellm, model)
        return Abilities(provider.sees_images, provider.hears_audio, True, "free")
    abilities = Abilities(
        sees=litellm.supports_vision(model),
        hears=litellm.supports_audio_input(model),
        fits_schema=litellm.supports_response_schema(model),
        price="listed" if _is_listed(litellm, model) else "unknown",
    )
    if abilities.price == "unknown":
        _introduce(litellm, model)
    return abilities


def _is_listed(litellm: Any, model: str) -> bool:
    try:
        info = litellm.get_model_info(model)
    except Exception:
        return False
    return info.get("input_cost_per_token") is not None


def _introduce(litellm: Any, model: str) -> None:
    """Name a model to LiteLLM, so that it stops searching its patterns for it at every call. The price is ours to tell."""
    entry = {
        "mode": "chat",
        "litellm_provider": model.split("/", 1)[0],
        "input_cost_per_token": 0,
        "output_cost_per_token": 0,
    }
    litellm.register_model({model: entry})


def _response_format(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema, "strict": True}}


def _completion(response: Any, seconds: float, able: Abilities) -> Completion:
    if not response.choices:
        raise CallFailedError(Cause(kind="error", detail="the answer has no choices"), passing=True)
    choice, usage = response.choices[0], getattr(response, "usage", None)
    return Completion(
        text=choice.message.content or "",
        thinking=getattr(choice.message, "reasoning_content", None) or "",
        finish_reason=str(choice.finish_reason or ""),
        answered_by=str(response.model or ""),
        input_tokens=getattr(usage, "prompt_tokens", 0) or 0,
        output_tokens=getattr(usage, "completion_tokens", 0) or 0,
        cost=_cost(response, able),
        seconds=round(seconds, 6),
    )


def _cost(response: Any, able: Abilities) -> float | None:
    """US dollars as LiteLLM's price list has it; None, not 0, where the model is not on it."""
    if able.price != "listed":
        return 0.0 if able.price == "free" else None
    cost = (getattr(response, "_hidden_params", None) or {}).get("response_cost")
    return None if cost is None else float(cost)


def _failure(error: Exception) -> CallFailedError:
    """An exception as data: its kind, its words, and whether trying again makes sense."""
    status = getattr(error, "status_code", None)
    name = type(error).__name__
    kind = "timeout" if "Timeout" in name else "refused" if name == "ContentPolicyViolationError" else "error"
    detail = f"{name}: {error}".replace("\n", " ")[:DETAIL]
    passing = name in _PASSING or (isinstance(status, int) and (status in {408, 429} or status >= 500))
    return CallFailedError(
        Cause.model_validate({"kind": kind, "detail": detail}), passing=passing, retry_after=_retry_after(error)
    )


_PASSING = frozenset(
    {
        "APIConnectionError",
        "APIError",
        "Timeout",
        "RateLimitError",
        "InternalServerError",
        "ServiceUnavailableError",
        "BadGatewayError",
    }
)


def _retry_after(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None
