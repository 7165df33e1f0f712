"""One call, tried until it succeeds, fails for good, or patience ends; a slow model never holds up a fast one."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random_exponential

from jury.errors import StoppedEarlyError, UnreachableModelError
from jury.gateway.pace.breaker import Fuse
from jury.gateway.pace.concurrency import Growth
from jury.gateway.pace.limits import Clock, Sleep
from jury.gateway.pace.service import OutOfServiceError, Service
from jury.gateway.transport import CallFailedError, Transport
from jury.providers import provider_of
from jury.records import Completion, ModelLimits, Request

#: How every sentence ends that stops a run which can be resumed.
RESUMABLE = "then the same command goes on from here"

#: What is mended in the account, so that the run stays the same.
_IN_THE_ACCOUNT = frozenset({"key", "credit"})


@dataclass(frozen=True)
class Patience:
    """How long a call may take, how often it is tried, and how much is asked of a model at once.

    Times are in seconds. `rate_limit` is how long a model may answer nothing but "too many requests" before the run
    stops; such answers are no tries. `longest_wait` bounds a wait for which the provider names no length, and every
    wait for a failure of another kind. `per_model` is the concurrency of models that `limits` does not name; with
    `adaptive`, real models are approached slowly up to it.
    """

    tries: int = 5
    timeout: float = 120.0
    longest_wait: float = 60.0
    rate_limit: float = 600.0
    per_model: int = 32
    adaptive: bool = True
    fuse: Fuse = field(default_factory=Fuse)
    limits: Mapping[str, ModelLimits] = field(default_factory=dict)


class Attempts:
    """Makes calls: several tries each, within what each model can take."""

    def __init__(
        self, transport: Transport, patience: Patience, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._transport = transport
        self._patience = patience
        self._clock = clock
        self._sleep = sleep
        self._services: dict[tuple[str, str | None], Service] = {}

    async def made(self, request: Request, lane: str = "") -> Completion:
        """The model's answer, or a completion with the error of the last try; with 0 tries the model was never asked.

        Calls of one lane (a case) wait for each other rather than holding up other lanes. Raises `StoppedEarlyError`
        for what no further call mends, and where a rate limit outlasts the patience: nothing is to be kept of the call.
        """
        service = self._service(request)
        call = _Call(service, self._patience)
        try:
            async for attempt in call.attempts(self._sleep):
                with attempt:
                    call.tries = attempt.retry_state.attempt_number
                    completion = await self._try(service, request, lane, first=call.tries == 1)
        except OutOfServiceError as out:
            return Completion(error=out.cause, tries=0)
        except CallFailedError as failure:
            self._stop_if_hopeless(service, request, failure)
            if failure.filtered is None:
                service.failed(failure)
            tries = call.tries if failure.asked else 0
            return Completion(error=failure.cause, filtered=failure.filtered, tries=tries, exhibits=failure.exhibits)
        except BaseException:
            service.abandoned()
            raise
        return completion.but(tries=call.tries) if call.tries > 1 else completion

    async def _try(self, service: Service, request: Request, lane: str, *, first: bool) -> Completion:
        """One try in a slot of its own: a call that waits to be tried again holds none.

        A prompt that a content filter stops has been answered: the model is there, and in no trouble.
        """
        async with service.turn(request, lane, first=first) as share:
            try:
                completion = await self._transport.attempt(request, self._patience.timeout)
            except CallFailedError as failure:
                if failure.filtered is None:
                    service.stumbled(failure)
                else:
                    service.answered(share, 0)
                raise
            service.answered(share, completion.tokens)
            return completion

    def _stop_if_hopeless(self, service: Service, request: Request, failure: CallFailedError) -> None:
        """Raise `StoppedEarlyError` for a failure that stops the run, once the call has let go of its model."""
        if provider_of(request.model) is not None:
            return  # a model that runs here has no account and no address
        if failure.stop:
            service.abandoned()
            kind = StoppedEarlyError if failure.trouble in _IN_THE_ACCOUNT else UnreachableModelError
            raise kind(f"{failure.stop}; {RESUMABLE}") from None
        if failure.unreachable and not service.reached:
            service.abandoned()
            raise UnreachableModelError(f"{failure.unreachable}; {RESUMABLE}") from None
        if failure.throttled:
            service.abandoned()
            raise StoppedEarlyError(self._too_long(request, failure)) from None

    def _too_long(self, request: Request, failure: CallFailedError) -> str:
        patience, asked = self._patience.rate_limit, failure.retry_after
        wish = (
            "" if asked is None else f", and asks to be left alone for {asked:.0f} s" if asked < 1e9 else ", for good"
        )
        return (
            f"{request.model} answers nothing but {failure.cause.detail!r}{wish}: more than --patience {patience:g} (seconds) "
            f"allows; wait, state lower --limits or a longer --patience, {RESUMABLE}"
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
        return Service(model, limits.but(concurrency=cap), growth, patience.fuse, self._clock, self._sleep)


class _Call:
    """How one call is tried; `tries` counts its tries so far. Those that met a rate limit are not held against it."""

    def __init__(self, service: Service, patience: Patience) -> None:
        self._service = service
        self._patience = patience
        self._failures = 0
        self.tries = 0

    def attempts(self, sleep: Sleep) -> AsyncRetrying:
        """The tries, with the waits between them."""
        passing = retry_if_exception(lambda error: isinstance(error, CallFailedError) and error.passing)
        return AsyncRetrying(sleep=sleep, retry=passing, wait=self._pause, stop=self._is_over, reraise=True)

    def _pause(self, state: RetryCallState) -> float:
        """The provider's own wish if it has one; else full jitter, growing."""
        failure = state.outcome.exception() if state.outcome else None
        longest = self._patience.longest_wait
        if not isinstance(failure, CallFailedError):
            return 0.0
        if failure.retry_after is not None:
            return failure.retry_after if failure.throttled else min(failure.retry_after, longest)
        return wait_random_exponential(multiplier=0.5, max=longest)(state)

    def _is_over(self, state: RetryCallState) -> bool:
        """Whether the call is given up: after so many tries, or after so much time where the model is asked too often."""
        failure = state.outcome.exception() if state.outcome else None
        if isinstance(failure, CallFailedError) and failure.throttled:
            return not self._service.waits(state.upcoming_sleep, self._patience.rate_limit)
        self._failures += 1
        return self._failures >= self._patience.tries
