"""Mock models: at the gateway's seam, and as a LiteLLM provider in this process."""

import asyncio
from typing import Any

from jury.providers import PROVIDERS, Provider
from jury.providers.response import response_of
from jury.records import Completion, Request

#: What every mock model says: a ballot and an answer in one.
SAID = '{"reasoning": "The answer keeps to what was asked.", "choice": "safe", "rating": 4, "confidence": 0.8}'


class SeamTransport:
    """Answers at the gateway's own seam after a pause: what is measured then is the framework alone."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    async def attempt(self, request: Request, timeout: float) -> Completion:
        """The same ballot for everybody."""
        del request, timeout
        await asyncio.sleep(self._seconds)
        return Completion(text=SAID, finish_reason="stop", input_tokens=400, output_tokens=30, seconds=self._seconds)


def offer(seconds: float) -> None:
    """Register `mock/…`, a LiteLLM provider in this process that answers after a pause."""

    def handler() -> Any:
        import litellm

        class Mock(litellm.CustomLLM):  # type: ignore[misc]
            async def acompletion(self, model: str, **_: Any) -> Any:
                await asyncio.sleep(seconds)
                return response_of(model, SAID, prompt_tokens=400, completion_tokens=30)

        return Mock()

    PROVIDERS.add("mock")(Provider(handler=handler, origin=lambda _: "mock", sees_images=True))
