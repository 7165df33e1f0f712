"""The transport to real models: one try through LiteLLM, with our own providers beside its own."""

import asyncio
import os
import time
from typing import Any

from jury.gateway.exhibits import Exhibits
from jury.gateway.request import Completion, Request
from jury.gateway.transport import CallFailedError
from jury.providers import PROVIDERS, provider_of
from jury.records import Cause

#: Longest part of a provider's error message that is kept, in characters.
DETAIL = 500


class LiteLLMTransport:
    """One try at a call through `litellm.acompletion`; retries and limits are the gateway's."""

    def __init__(self, exhibits: Exhibits) -> None:
        self._exhibits = exhibits
        self._litellm = _prepared_litellm()

    async def attempt(self, request: Request, timeout: float) -> Completion:
        """The model's answer. Raises `CallFailedError` for every failure, with its kind and whether it may pass."""
        arguments = self._arguments(request, timeout)
        started = time.perf_counter()
        try:
            async with asyncio.timeout(timeout):
                response = await self._litellm.acompletion(**arguments)
        except TimeoutError:
            raise CallFailedError(Cause(kind="timeout", detail=f"no answer in {timeout:g} s"), passing=True) from None
        except Exception as error:  # noqa: BLE001 - LiteLLM and its clients raise many kinds; each becomes data
            raise _failure(error) from error
        completion = _completion(response, time.perf_counter() - started)
        # Our own providers run on this machine: they are on no price list and cost nothing.
        return completion.but(cost=0.0) if provider_of(request.model) else completion

    def _arguments(self, request: Request, timeout: float) -> dict[str, Any]:
        model, provider = request.model, provider_of(request.model)
        litellm = self._litellm
        sees = provider.sees_images if provider else litellm.supports_vision(model)
        hears = provider.hears_audio if provider else litellm.supports_audio_input(model)
        arguments: dict[str, Any] = {
            **request.params,
            "model": model,
            "messages": self._exhibits.chat(request.messages, sees=sees, hears=hears),
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
        if request.answer_schema is not None and (provider or litellm.supports_response_schema(model)):
            arguments["response_format"] = _response_format(request.answer_schema)
        return arguments


def _prepared_litellm() -> Any:
    """LiteLLM, imported late (it takes seconds) and told to fetch nothing."""
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    import litellm

    litellm.suppress_debug_info = True
    litellm.telemetry = False
    litellm.drop_params = True
    ours = [{"provider": name, "custom_handler": PROVIDERS.get(name).handler()} for name in PROVIDERS]
    others = [entry for entry in litellm.custom_provider_map if entry["provider"] not in PROVIDERS]
    litellm.custom_provider_map = [*others, *ours]
    litellm.utils.custom_llm_setup()
    return litellm


def _response_format(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema, "strict": True}}


def _completion(response: Any, seconds: float) -> Completion:
    if not response.choices:
        raise CallFailedError(Cause(kind="error", detail="the answer has no choices"), passing=True)
    choice, usage = response.choices[0], getattr(response, "usage", None)
    model = str(response.model or "")
    return Completion(
        text=choice.message.content or "",
        thinking=getattr(choice.message, "reasoning_content", None) or "",
        finish_reason=str(choice.finish_reason or ""),
        answered_by=model,
        input_tokens=getattr(usage, "prompt_tokens", 0) or 0,
        output_tokens=getattr(usage, "completion_tokens", 0) or 0,
        cost=_cost(response),
        seconds=round(seconds, 6),
    )


def _cost(response: Any) -> float | None:
    """US dollars as LiteLLM's price list has it; None, not 0, where the model is not on it."""
    cost = (getattr(response, "_hidden_params", None) or {}).get("response_cost")
    return None if cost is None else float(cost)


def _failure(error: Exception) -> CallFailedError:
    """An exception as data: its kind, its words, and whether trying again makes sense."""
    status = getattr(error, "status_code", None)
    name = type(error).__name__
    kind = "timeout" if "Timeout" in name else "refused" if name == "ContentPolicyViolationError" else "error"
    detail = f"{name}: {error}".replace("\n", " ")[:DETAIL]
    passing = name in _PASSING or (isinstance(status, int) and (status in {408, 429} or status >= 500))
    return CallFailedError(Cause.model_validate({"kind": kind, "detail": detail}), passing=passing, retry_after=_retry_after(error))


_PASSING = frozenset({"APIConnectionError", "Timeout", "RateLimitError", "InternalServerError", "ServiceUnavailableError", "BadGatewayError"})


def _retry_after(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None
