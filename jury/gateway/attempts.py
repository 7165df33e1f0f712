"""One call, tried until it succeeds, fails for good, or patience ends; a slow model never holds up a fast one."""

import asyncio
from dataclasses import dataclass

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_random_exponential

from jury.gateway.transport import CallFailedError, Transport
from jury.providers import provider_of
from jury.records import Completion, Request


@dataclass(frozen=True)
class Patience:
    """How long a call may take, how often it is tried, and how many run at once per model."""

    tries: int = 5
    timeout: float = 120.0
    longest_wait: float = 60.0
    per_model: int = 32


class Attempts:
    """Makes calls: several tries each, so many at once per model."""

    def __init__(self, transport: Transport, patience: Patience) -> None:
        self._transport = transport
        self._patience = patience
        self._slots: dict[str, asyncio.Semaphore] = {}

    async def made(self, request: Request) -> Completion:
        """The model's answer, or a completion with the error of the last try."""
        patience = self._patience
        tries = 0
        try:
            async for attempt in AsyncRetrying(
                retry=retry_if_exception(_is_passing),
                stop=stop_after_attempt(patience.tries),
                wait=self._pause,
                reraise=True,
            ):
                with attempt:
                    tries = attempt.retry_state.attempt_number
                    async with self._slot(request.model):
                        completion = await self._transport.attempt(request, patience.timeout)
        except CallFailedError as failure:
            return Completion(error=failure.cause, tries=tries)
        return completion.but(tries=tries) if tries > 1 else completion

    def _slot(self, model: str) -> asyncio.Semaphore:
        """The model's own queue: a slow model never holds up a fast one."""
        if model not in self._slots:
            provider = provider_of(model)
            limit = provider.parallel if provider and provider.parallel else self._patience.per_model
            self._slots[model] = asyncio.Semaphore(limit)
        return self._slots[model]

    def _pause(self, state: RetryCallState) -> float:
        """Full jitter, growing; the provider's own wish if it has one, within bounds."""
        failure = state.outcome.exception() if state.outcome else None
        if isinstance(failure, CallFailedError) and failure.retry_after is not None:
            return min(failure.retry_after, self._patience.longest_wait)
        return wait_random_exponential(multiplier=0.5, max=self._patience.longest_wait)(state)


def _is_passing(error: BaseException) -> bool:
    return isinstance(error, CallFailedError) and error.passing
