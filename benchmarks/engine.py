"""Every case of a run in its turn, thousands in flight; whatever happens to one, it ends with something on record."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

import structlog

from benchmarks.in_flight import each
from graphs.evaluation import Sitting
from graphs.evaluation import graph as evaluation
from jury.asking import Interview
from jury.errors import JuryError
from jury.ledger import Ledger
from jury.records import Answered, Case, Cause, Outcome, Transcript, Usage, Verdict
from jury.secrets import sentence_of
from jury.tracing import case_span, note_verdict
from jury.trials import target_rows
from jury.usage import in_turn
from jury.verdicts import invalid_verdict

log = structlog.get_logger()

T = TypeVar("T")


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
        finished(await judged(case, sitting, case_timeout))

    await each(cases, work, in_flight)


async def judged(case: Case, sitting: Sitting, case_timeout: float | None = None) -> Verdict:
    """One case's verdict, which is on record; an invalid one where it takes too long or the program is at fault."""

    async def verdict(case: Case) -> Verdict:
        state = await evaluation.ainvoke({"case": case}, context=sitting)
        found: Verdict = state["verdict"]
        return found

    async def no_verdict(case: Case, cause: Cause) -> Verdict:
        return await unjudged(case, sitting, cause)

    with case_span(case.id) as span:
        found = await _ended(case, verdict, no_verdict, "no verdict", case_timeout)
        note_verdict(span, found)
    return found


async def collect(
    cases: Iterable[Case],
    interview: Interview,
    ledger: Ledger,
    run: str,
    *,
    in_flight: int,
    answered: Callable[[Answered], None],
    case_timeout: float | None = None,
) -> None:
    """Ask the target about every case and keep what it says, nothing more; `answered` hears of each case."""

    async def unanswered(case: Case, cause: Cause) -> Answered:
        return interview.unanswered(case, cause)

    async def work(case: Case) -> None:
        with case_span(case.id):
            said = await _ended(case, interview.ask, unanswered, "no answer", case_timeout)
        await ledger.add_answers(run, said)
        answered(said)

    await each(cases, work, in_flight)


async def _ended(
    case: Case,
    work: Callable[[Case], Awaitable[T]],
    failed: Callable[[Case, Cause], Awaitable[T]],
    lacking: str,
    case_timeout: float | None,
) -> T:
    """What comes of a case; `failed` says what does where it takes too long or the program is at fault."""
    deadline = asyncio.timeout(case_timeout)
    try:
        async with deadline:
            return await work(case)
    except JuryError:
        raise
    except Exception as error:
        if deadline.expired():
            return await failed(case, Cause(kind="timeout", detail=f"{lacking} in {case_timeout:g} s"))
        log.exception("case failed", case=case.id)
        return await failed(case, Cause(kind="error", detail=sentence_of(f"{type(error).__name__}: {error}", 500)))


async def unjudged(case: Case, sitting: Sitting, cause: Cause) -> Verdict:
    """An invalid verdict, which is on record; what the target said before stays, and counts."""
    answered = sitting.kept(case)
    if answered is None and sitting.interview is not None:
        answered = sitting.interview.unanswered(case, cause)
        await sitting.ledger.add_answers(sitting.run, answered)
    transcript = answered.transcript(case) if answered else Transcript.recorded(case)
    verdict = invalid_verdict(transcript, sitting.court.jury)
    outcome = Outcome(state="invalid", cause=transcript.problem or cause)
    usage, exhibits = (answered.usage, answered.exhibits) if answered else (Usage(), ())
    verdict = verdict.but(outcome=outcome, usage=in_turn([usage]), exhibits=exhibits)
    await sitting.ledger.add_verdict(sitting.run, verdict, target_rows(verdict.answers))
    return verdict
