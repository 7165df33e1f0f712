"""A run judged by workers: the driver keeps every call and verdict, whoever made it."""

from benchmarks.engines.distant.desk import Desk
from benchmarks.engines.distant.ray_actors import hiring
from benchmarks.engines.distant.worker import Kit
from benchmarks.engines.registry import Work
from benchmarks.in_flight import each
from jury.gateway.route.transport import LiteLLMTransport
from jury.tracing import listening


async def judge_far_away(work: Work, engine: str = "ray") -> None:
    """Judge every case in some worker. Raises `InputError` without the extra, or where no cluster answers."""
    if not work.cases:
        return
    with hiring(kit_of(work), work.workers, work.address) as (hire, size):
        desk = Desk(work, engine, hire)
        try:
            await desk.open(min(size, len(work.cases)))
            await each(work.cases, desk.judge, work.in_flight)
        finally:
            await desk.close()


def kit_of(work: Work) -> Kit:
    """What the workers of a run are given."""
    sitting, means = work.sitting, work.means
    transport = means.gateway.transport
    return Kit(
        jury=sitting.court.jury,
        library=means.library,
        secret=means.ledger.secret,
        run=sitting.run,
        answers_of=sitting.answers_of,
        blocked=sitting.blocked,
        target=sitting.interview.target if sitting.interview else None,
        showing=means.showing,
        media=means.media.folder.resolve(),
        models=means.models,
        transport=None if isinstance(transport, LiteLLMTransport) else transport,
        case_timeout=work.case_timeout,
        traced=listening(),
        permissions=means.permissions,
    )
