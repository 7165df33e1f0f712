"""What drawing up a taxonomy asks of a committee."""

from collections.abc import Iterator

from benchmarks.docket import Docket, Matter
from benchmarks.generation.reckoning.line import ORDINARY, Line, asked
from benchmarks.reckoner import Reckoner
from benchmarks.sources.loaded import Loaded
from jury.committee.assembly import Assembly
from jury.committee.naming import naming_request, title_form
from jury.committee.proposing import Proposal, proposals_form, proposing_request

NOTES = (
    "a taxonomy, at the least: all proposals are one group; at the most: no two are alike, each is argued and kept",
)


def of_taxonomy(assembly: Assembly) -> Iterator[Line]:
    """Every member proposes once; each group is voted on by all, and named by the first who can."""
    settings, members = assembly.settings, assembly.seats
    groups = settings.proposals * len(members)
    for seat in members:
        request = proposing_request(assembly.scribe, seat, count=settings.proposals, language=settings.language)
        yield asked(seat, request, proposals_form(seat.id, settings.proposals), 1, 1)
    yield from _votes(assembly, groups)
    for place, seat in enumerate(members):
        naming = naming_request(assembly.scribe, seat, (_proposal(0),), ("other",) * 10, settings.language)
        yield asked(seat, naming, title_form(), 1 if place == 0 else 0, groups)


def _votes(assembly: Assembly, groups: int) -> Iterator[Line]:
    """A vote on a group of one, among as many others as it may be merged into."""
    others = tuple((_proposal(number),) for number in range(assembly.settings.candidates + 1))
    transcript, court = assembly.motion(others, 1)
    docket = Docket(Matter("taxonomy", Loaded("taxonomy", ())), court.jury)
    demands = Reckoner(docket, assembly.renderer).of_case(transcript.case)
    addresses = dict(seat.juror.endpoint for seat in assembly.seats)
    for model, demand in demands.items():
        yield Line(model, type(demand)(demand.least, demand.most * groups), api_base=addresses.get(model))


def _proposal(number: int) -> Proposal:
    """A proposal of ordinary length."""
    return Proposal(author="", name=f"kind {number}", definition=ORDINARY, why=ORDINARY, outline=ORDINARY)
