"""One call, tried until it succeeds, fails for good, or patience ends; a slow model never holds up a fast one."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_random_exponential

from jury.gateway.pace.breaker import Fuse
from jury.gateway.pace.concurrency import Growth
from jury.gateway.pace.limits import Clock
from jury.gateway.pace.service import OutOfServiceError, Service
from jury.gateway.transport import CallFailedError, Transport
from jury.providers import provider_of
from jury.records import Completion, ModelLimits, Request


@dataclass(frozen=True)
class Patience:
    """How long a call may take, how often it is tried, and how much is asked of a model at once.

    Times are in seconds. `per_model` is the concurrency of models that `limits` does not name; with `adaptive`, real
    models are approached slowly up to it.
    """

    tries: int = 5
    timeout: float = 120.0
    longest_wait: float = 60.0
    per_model: int = 32
    adaptive: bool = True
    fuse: Fuse = field(default_factory=Fuse)
    limits: Mapping[str, ModelLimits] = field(default_factory=dict)


class Attempts:
    """Makes calls: several tries each, within what each model can take."""

    def __init__(self, transport: Transport, patience: Patience, clock: Clock = time.monotonic) -> None:
        self._transport = transport
        self._patience = patience
        self._clock = clock
        self._services: dict[tuple[str, str | None], Service] = {}

    async def made(self, request: Request, lane: str = "") -> Completion:
        """The model's answer, or a completion with the error of the last try; with 0 tries the model was never asked.

        Calls of one lane (a case) wait for each other rather than holding up other lanes.
        """
        service = self._service(request)
        tries = 0
        try:
            async for attempt in self._retrying():
                with attempt:
                    tries = attempt.retry_state.attempt_number
                    completion = await self._try(service, request, lane, first=tries == 1)
        except OutOfServiceError as out:
            return Completion(error=out.cause, tries=0)
        except CallFailedError as failure:
            service.failed(failure)
            return Completion(error=failure.cause, tries=tries)
        except BaseException:
            service.abandoned()
            raise
        return completion.but(tries=tries) if tries > 1 else completion

    async def _try(self, service: Service, request: Request, lane: str, *, first: bool) -> Completion:
        """One try in a slot of its own: a call that waits to be tried again holds none."""
        async with service.turn(request, lane, first=first) as share:
            try:
                completion = await self._transport.attempt(request, self._patience.timeout)
            except CallFailedError as failure:
                service.stumbled(failure)
                raise
            service.answered(share, completion.input_tokens + completion.output_tokens)
            return completion

    def _retrying(self) -> AsyncRetrying:
        return AsyncRetrying(
            retry=retry_if_exception(_is_passing),
            stop=stop_after_attempt(self._patience.tries),
            wait=self._pause,
            reraise=True,
        )

    def _service(self, request: Request) -> Service:
        """The model's own service; a model at another address is another one."""
        address = (request.model, request.api_base)
        if address not in self._services:
            self._services[address] = self._opened(request.model)
        return self._services[address]

    def _opened(self, model: str) -> Service:
        """A service with what is known of the model: a model that runs here needs no slow start."""
        patience, provider = self._patience, provider_of(model)
        limits = patience.limits.get(model, ModelLimits())
        cap = limits.concurrency or patience.per_model
        if provider and provider.parallel:
            cap = min(cap, provider.parallel)
        growth = Growth(cap=cap) if patience.adaptive and provider is None else None
        return Service(model, limits.but(concurrency=cap), growth, patience.fuse, self._clock)

    def _pause(self, state: RetryCallState) -> float:
        """Full jitter, growing; the provider's own wish if it has one, within bounds."""
        failure = state.outcome.exception() if state.outcome else None
        if isinstance(failure, CallFailedError) and failure.retry_after is not None:
            return min(failure.retry_after, self._patience.longest_wait)
        return wait_random_exponential(multiplier=0.5, max=self._patience.longest_wait)(state)


def _is_passing(error: BaseException) -> bool:
    return isinstance(error, CallFailedError) and error.passing
