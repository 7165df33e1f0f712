"""Every case of a run before the jury, thousands in flight; whatever happens to one, it ends with a verdict."""

import asyncio
from collections.abc import Callable, Iterable

import structlog

from benchmarks.in_flight import each
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

    async def work(case: Case) -> None:
        finished(await _verdict(case, sitting, case_timeout))

    await each(cases, work, in_flight)


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
