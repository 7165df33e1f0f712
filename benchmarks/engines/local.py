"""One process for all cases: the engine that needs nothing."""

from benchmarks.engine import judge
from benchmarks.engines.registry import ENGINES, Work
from benchmarks.engines.whereabouts import Place
from jury.records import Verdict

NAME = "local"


@ENGINES.add(NAME)
async def local(work: Work) -> None:
    """Judge every case in this process."""
    here = Place.here(NAME, "1")

    def finished(verdict: Verdict) -> None:
        work.finished(verdict, here)

    await judge(
        work.cases,
        work.sitting,
        in_flight=work.in_flight,
        finished=finished,
        case_timeout=work.case_timeout,
    )
