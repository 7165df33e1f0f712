"""What writing and grading queries asks of a committee."""

from collections.abc import Iterator

from benchmarks.generation.plan import Plan
from benchmarks.generation.queries import commissions_of, pool_of
from benchmarks.generation.reckoning.line import NO_SECRET, ORDINARY, Line, asked
from jury.committee.scoring import scores_form, scoring_request
from jury.committee.scribe import Scribe
from jury.committee.writing import Commission, batch_form, writing_request
from jury.panel import seats_of
from jury.records import Draft
from prompts import Library

NOTES = (
    "queries, at the least: every batch is new, whole and read at once, and the first members asked grade it; at the most: every "
    "member before the last refuses every batch, each question needs both remedies, every member grades; batches that bring "
    "nothing new come on top",
)


def of_queries(plan: Plan, names: tuple[str, ...], library: Library) -> Iterator[Line]:
    """The streams of those names: every member's share is the same, since who begins differs from stream to stream."""
    scribe, commissions = Scribe(library, NO_SECRET), commissions_of(plan, library)
    for name in names:
        yield from _of_stream(plan, scribe, commissions[name], plan.wanted[name])


def _of_stream(plan: Plan, scribe: Scribe, commission: Commission, wanted: int) -> Iterator[Line]:
    settings, seats = plan.queries, seats_of(plan.committee.panel.seats)
    pool = pool_of(settings, wanted)
    batches = -(-pool // settings.batch)
    gradings = batches * -(-settings.batch // settings.together)
    together = min(settings.together, settings.batch)
    existing = (ORDINARY,) * min(settings.shown, pool)
    queries = tuple(commission.query(Draft(text=f"{ORDINARY}{number}", author="")) for number in range(together))
    for seat in seats:
        writing = writing_request(scribe, seat, commission, number=1, count=settings.batch, existing=existing)
        yield asked(seat, writing, batch_form(), batches / len(seats), batches)
        grading = scoring_request(scribe, seat, queries)
        yield asked(seat, grading, scores_form(together), gradings * settings.scorers / len(seats), gradings)
