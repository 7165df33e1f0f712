"""One model as its callers meet it: in service or out of it, with slots, rates, and a pace that adapts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import inf

import structlog

from jury.gateway.pace import breaker
from jury.gateway.pace.breaker import Circuit, Fuse
from jury.gateway.pace.concurrency import Growth, Outcome, first_pace, paced
from jury.gateway.pace.limits import NAP, Clock, Rates, Share, Sleep
from jury.gateway.pace.slots import Slots
from jury.gateway.transport import CallFailedError
from jury.records import Cause, ModelLimits, Request

log = structlog.get_logger()

#: HTTP's ways to say that one request is at fault, not the model: bad request, too large, unprocessable.
REQUEST_AT_FAULT = frozenset({400, 413, 422})

#: So many answers in a row that say "too many requests" are the model's whole answer: nobody asks it until the wait is over.
STALLED = 2


class OutOfServiceError(Exception):
    """A call was not made: its model failed again and again."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(str(cause))
        self.cause = cause


class Service:
    """The limits, the pace and the circuit of one model; `growth` is None where the pace is fixed at `limits.concurrency`.

    `reached` says whether a server has ever answered anything.
    """

    def __init__(
        self,
        model: str,
        limits: ModelLimits,
        growth: Growth | None,
        fuse: Fuse,
        clock: Clock,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._model = model
        self._growth = growth
        self._fuse = fuse
        self._clock = clock
        self._sleep = sleep
        self._rates = Rates(limits, clock, sleep)
        self._pace = first_pace(growth) if growth else None
        self._slots = Slots(self._pace.limit if self._pace else limits.concurrency or 1)
        self._circuit = Circuit()
        self._last: Cause | None = None
        self._throttled = 0
        self._throttled_since = self._held_until = -inf
        self.reached = False

    @asynccontextmanager
    async def turn(self, request: Request, lane: str, *, first: bool) -> AsyncIterator[Share | None]:
        """A slot and its share of the rates, for one try. Raises `OutOfServiceError` before a call's first try."""
        if first:
            self._check()
        await self._slots.take(lane)
        try:
            await self._released()
            if first:
                self._check()
                self._circuit = breaker.entered(self._circuit)
            yield await self._rates.admit(request)
        finally:
            self._slots.give_back()

    def answered(self, share: Share | None, tokens: int | None) -> None:
        """A try got an answer that took so many tokens; None leaves the estimate as it is."""
        if tokens is not None:
            self._rates.settle(share, tokens)
        self.reached, self._throttled, self._held_until = True, 0, -inf
        self._adapt("answered")
        if self._circuit.is_open:
            log.info("model back in service", model=self._model)
        self._circuit = breaker.answered()

    def stumbled(self, failure: CallFailedError) -> None:
        """A try failed; the call may be tried again."""
        self._adapt(_outcome(failure))
        self.reached = self.reached or not failure.unreachable
        if failure.throttled:
            self._throttled_since = self._clock() if not self._throttled else self._throttled_since
            self._throttled += 1

    def waits(self, pause: float, patience: float) -> bool:
        """Whether a call may wait so many seconds for its next try at a model that is asked too often.

        It may not, if by then nothing but "too many requests" had been heard for longer than the patience. Where nothing
        else is heard, all other calls to the model wait too.
        """
        until = self._clock() + pause
        if until - self._throttled_since > patience:
            return False
        if self._throttled >= STALLED:
            self._held_until = max(self._held_until, until)
        return True

    async def _released(self) -> None:
        """Wait as long as nobody asks the model; an answer to a call under way ends that at once."""
        while (left := self._held_until - self._clock()) > 0:
            await self._sleep(min(left, NAP))

    def failed(self, failure: CallFailedError) -> None:
        """A call failed for good."""
        if _blames_request(failure):
            self._circuit = breaker.answered()
            return
        before, self._last = self._circuit, failure.cause
        self._circuit = breaker.failed(before, self._clock(), self._fuse)
        if self._circuit.is_open and not before.is_open:
            failures, last = self._circuit.failures, str(self._last)
            log.warning("model out of service", model=self._model, failures=failures, last=last)

    def abandoned(self) -> None:
        """A call ended without telling anything, for example because the run was stopped."""
        self._circuit = breaker.abandoned(self._circuit)

    def _check(self) -> None:
        if not breaker.admits(self._circuit, self._clock(), self._fuse):
            words = f"model {self._model} is out of service after {self._circuit.failures} failures: {self._last}"
            raise OutOfServiceError(Cause(kind="error", detail=words))

    def _adapt(self, outcome: Outcome) -> None:
        if self._pace is None or self._growth is None:
            return
        before, self._pace = self._pace, paced(self._pace, outcome, self._clock(), self._growth)
        if self._pace.limit != before.limit:
            self._slots.resize(self._pace.limit)


def _outcome(failure: CallFailedError) -> Outcome:
    if failure.throttled:
        return "throttled"
    return "failing" if failure.passing else "neutral"


def _blames_request(failure: CallFailedError) -> bool:
    """Whether the model is in service and only this request is not to be answered."""
    refused = failure.cause.kind == "refused" or failure.status in REQUEST_AT_FAULT
    return refused or failure.request_at_fault
