"""A worker: judges the cases it is handed, and makes the calls that the driver lets through."""

import os
import platform
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, fields
from pathlib import Path

from benchmarks.collection import unhurried_collection
from benchmarks.engines.distant.errands import Book, Order
from benchmarks.engines.distant.line import Line
from benchmarks.engines.distant.stand_ins import DistantLedger
from jury.gateway.transport import CallFailedError, Transport
from jury.means import Showing
from jury.records import (
    Answered,
    BlockedPolicy,
    Case,
    Cause,
    Completion,
    ContentFilter,
    Delivery,
    Jury,
    ModelFacts,
    Target,
)
from jury.tracing import within
from jury.trust.permissions import STRICT, Permissions
from prompts import Library


@dataclass(frozen=True)
class Kit:
    """What a worker is given once for all cases; `transport` replaces LiteLLM, `traced` says that spans are wanted."""

    jury: Jury
    library: Library
    secret: str
    run: str
    answers_of: str
    blocked: BlockedPolicy
    target: Target | None
    showing: Showing
    media: Path
    models: Mapping[str, ModelFacts]
    transport: Transport | None
    case_timeout: float | None
    traced: bool
    permissions: Permissions = STRICT


@dataclass(frozen=True)
class Stumble:
    """A try that failed, as it travels; see `CallFailedError`."""

    cause: Cause
    passing: bool
    retry_after: float | None
    status: int | None
    request_at_fault: bool
    filtered: ContentFilter | None
    throttled: bool
    stop: str
    unreachable: str
    exhibits: tuple[Delivery, ...]
    asked: bool

    @classmethod
    def of(cls, failure: CallFailedError) -> "Stumble":
        """What a failure says."""
        return cls(**{field.name: getattr(failure, field.name) for field in fields(cls)})

    def failure(self) -> CallFailedError:
        """The failure again."""
        return CallFailedError(**{field.name: getattr(self, field.name) for field in fields(self)})


class Worker:
    """One process of many; whatever carries letters calls `deliver` and `collect`, in an event loop."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._line = Line({"judge": self._judge, "attempt": self._attempt})
        self._book = Book()
        self._ledger = DistantLedger(self._line, kit.secret)
        self._held = ExitStack()

    async def open(self) -> tuple[str, int]:
        """Make ready; gives the machine's name and the process's id."""
        from benchmarks.engines.distant.bench import sitting_of
        from benchmarks.telemetry import telemetry
        from jury.environment import read_keys, stop_third_party_tracing

        stop_third_party_tracing()
        read_keys(permissions=self._kit.permissions)
        if self._kit.traced:
            self._held.enter_context(telemetry())
        self._sitting, self._transport = sitting_of(self._kit, self._line, self._book, self._ledger)
        self._held.enter_context(unhurried_collection())
        return platform.node(), os.getpid()

    async def deliver(self, batch: bytes) -> None:
        """Take letters from the driver."""
        self._line.incoming(batch)

    async def collect(self) -> bytes:
        """Letters for the driver, once there are some."""
        return await self._line.outgoing()

    async def close(self) -> None:
        """Send what spans there are; nothing is asked of this worker any more."""
        self._held.close()

    async def _judge(self, case: Case, kept: Answered | None, span: dict[str, str]) -> None:
        from benchmarks.engine import judged

        self._ledger.expect(case.id, kept)
        try:
            with within(span):
                await judged(case, self._sitting, self._kit.case_timeout)
        finally:
            self._ledger.forget(case.id)

    async def _attempt(self, order: Order, timeout: float) -> Completion | Stumble | None:
        """What a model said; None where the order's words are wanted, too."""
        entry = self._book.entry(order)
        request = entry.request.but(origin=order.origin, item=order.item) if entry else order.request
        if request is None:
            return None
        try:
            completion = await self._transport.attempt(request, timeout)
        except CallFailedError as failure:
            return Stumble.of(failure)
        if entry:
            entry.found = completion
        return completion
