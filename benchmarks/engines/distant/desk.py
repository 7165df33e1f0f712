"""The driver's desk: hands out cases, and answers what workers ask of the one ledger and the one gateway."""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from benchmarks.engine import unjudged
from benchmarks.engines.distant.crew import Crew, Member
from benchmarks.engines.distant.errands import Order
from benchmarks.engines.distant.line import Answering, LostError
from benchmarks.engines.distant.worker import Stumble
from benchmarks.engines.registry import Work
from benchmarks.engines.whereabouts import Place
from jury.errors import StoppedEarlyError
from jury.gateway.call import Gateway
from jury.gateway.transport import CallFailedError, Transport
from jury.providers.functions import NAME as FUNCTION
from jury.records import Answered, Case, Cause, Completion, Request, Verdict
from jury.tracing import carried, within

#: How many workers may die over one case, or one call, before it is given up.
DEATHS = 3


@dataclass(eq=False)
class _Asked:
    """Which worker asked for a call, under which number, and what it sent when it had made that call."""

    member: Member
    number: int
    sent: Completion | None = None


#: Who asked for the call under way.
_asker: ContextVar[_Asked | None] = ContextVar("asker", default=None)


class Errands:
    """The driver's transport: whoever asked for a call makes it, or another if that one is gone.

    A function of the user's own is called here, where it was defined.
    """

    def __init__(self, crew: Callable[[], Crew], here: Transport) -> None:
        self._crew = crew
        self._here = here

    async def attempt(self, request: Request, timeout: float) -> Completion:
        """The model's answer. Raises `CallFailedError`."""
        if request.model.split("/", 1)[0] == FUNCTION:
            return await self._here.attempt(request, timeout)
        asked = _asker.get()
        for _ in range(DEATHS):
            member = await self._crew().member(asked.member if asked else None)
            asker = asked if asked is not None and asked.member is member else None
            try:
                found = await _made(member, asker, request, timeout)
            except LostError:
                continue
            if isinstance(found, Stumble):
                raise found.failure()
            return found
        raise CallFailedError(Cause(kind="error", detail=_died("call")), passing=False, request_at_fault=True)


class Desk:
    """One run's cases and what its workers ask; `name` is the engine's, `hire` gives a new worker."""

    def __init__(self, work: Work, name: str, hire: Callable[[], Any]) -> None:
        means = work.means
        self._work = work
        self._crew = Crew(name, hire, self._answering)
        errands = Errands(lambda: self._crew, means.gateway.transport)
        self._gateway = Gateway(errands, means.ledger, means.patience, means.gateway.budget, means.media)
        self._here = Place.here(name, "driver")
        self._verdicts: dict[str, Verdict] = {}
        self._closing = False

    async def open(self, size: int) -> None:
        """Hire so many workers. Raises `StoppedEarlyError` if one does not even begin."""
        await self._crew.open(size)

    async def close(self) -> None:
        """Let calls under way finish, and dismiss the workers."""
        self._closing = True
        try:
            await self._gateway.close()
        finally:
            await self._crew.close()

    async def judge(self, case: Case) -> None:
        """Bring a case before the jury in some worker; if that one dies, in another."""
        for _ in range(DEATHS):
            member = await self._crew.member()
            member.cases += 1
            try:
                await member.line.ask("judge", case, self._work.sitting.kept(case), carried())
            except LostError:
                continue
            finally:
                member.cases -= 1
            self._work.finished(self._verdicts.pop(case.id), member.place)
            return
        verdict = await unjudged(case, self._work.sitting, Cause(kind="error", detail=_died("case")))
        self._work.finished(verdict, self._here)

    def _answering(self, member: Callable[[], Member]) -> Mapping[str, Answering]:
        async def complete(
            number: int, request: Request, lane: str, span: dict[str, str]
        ) -> tuple[str, str, Completion | None]:
            if self._closing:
                raise StoppedEarlyError("the run is being stopped")
            asker = _Asked(member(), number)
            _asker.set(asker)
            with within(span):
                asked, completion = await self._gateway.complete(request, lane)
            return asked.origin, asked.item, None if completion is asker.sent else completion

        return {"complete": complete, "answers": self._answers, "verdict": self._verdict}

    async def _answers(self, run: str, answered: Answered) -> None:
        await self._work.means.ledger.add_answers(run, answered)

    async def _verdict(self, run: str, verdict: Verdict, trials: Iterable[dict[str, Any]]) -> None:
        await self._work.means.ledger.add_verdict(run, verdict, trials)
        self._verdicts[verdict.case_id] = verdict


async def _made(member: Member, asker: _Asked | None, request: Request, timeout: float) -> Completion | Stumble:
    """What a worker found; the words of a request go to it only if it did not ask for it, or waits for it no more."""
    order = Order(asker.number if asker else 0, request, request.origin, request.item)
    found: Completion | Stumble | None = None
    if asker is not None:
        found = await member.line.ask("attempt", order.short(), timeout)
    if isinstance(found, Completion) and asker is not None:
        asker.sent = found
    return found or await _told_in_full(member, order, timeout)


async def _told_in_full(member: Member, order: Order, timeout: float) -> Completion | Stumble:
    found: Completion | Stumble = await member.line.ask("attempt", order, timeout)
    return found


def _died(what: str) -> str:
    return f"{DEATHS} workers died one after the other with this {what} under way"
