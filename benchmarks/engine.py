"""Thousands of cases in flight over one bounded queue; no case waits for another."""

import asyncio
from collections.abc import Callable, Iterable

import structlog

from graphs.evaluation import Sitting
from graphs.evaluation import graph as evaluation
from jury.errors import JuryError
from jury.records import Case, Cause, Outcome, Transcript, Verdict
from jury.secrets import scrubbed
from jury.verdicts import invalid_verdict

log = structlog.get_logger()


async def judge(
    cases: Iterable[Case],
    sitting: Sitting,
    *,
    in_flight: int,
    finished: Callable[[Verdict], None],
    case_timeout: float | None = None,
) -> None:
    """Bring every case before the jury, at most `in_flight` at once; `finished` hears of each recorded verdict.

    A case that takes longer than `case_timeout` seconds gets an invalid verdict; its calls under way are kept.
    """
    waiting: asyncio.Queue[Case | None] = asyncio.Queue(maxsize=in_flight)

    async def feed() -> None:
        for case in cases:
            await waiting.put(case)
        for _ in range(in_flight):
            await waiting.put(None)

    async def work() -> None:
        while (case := await waiting.get()) is not None:
            finished(await _verdict(case, sitting, case_timeout))

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(feed())
            for _ in range(in_flight):
                group.create_task(work())
    except BaseExceptionGroup as stopped:
        raise stopped.exceptions[0] from None


async def _verdict(case: Case, sitting: Sitting, case_timeout: float | None) -> Verdict:
    deadline = asyncio.timeout(case_timeout)
    try:
        async with deadline:
            state = await evaluation.ainvoke({"case": case}, context=sitting)
    except JuryError:
        raise
    except Exception as error:
        if deadline.expired():
            return await _failed(case, sitting, Cause(kind="timeout", detail=f"no verdict in {case_timeout:g} s"))
        log.exception("case failed", case=case.id)
        return await _failed(
            case, sitting, Cause(kind="error", detail=scrubbed(f"{type(error).__name__}: {error}")[:500])
        )
    verdict: Verdict = state["verdict"]
    return verdict


async def _failed(case: Case, sitting: Sitting, cause: Cause) -> Verdict:
    target = sitting.target.model if sitting.target else case.target
    verdict = invalid_verdict(Transcript(case=case, target=target), sitting.court.jury)
    verdict = verdict.but(outcome=Outcome(state="invalid", cause=cause))
    await sitting.ledger.add_verdict(sitting.run, verdict, [])
    return verdict
