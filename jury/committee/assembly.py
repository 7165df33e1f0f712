"""A committee at work on a taxonomy: who proposes, how a group is voted on, who names it."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from jury.committee.council import council, motion, with_merges
from jury.committee.grouping import Group, nearest
from jury.committee.naming import Title, naming_request, title_form
from jury.committee.proposing import Proposal, proposals_form, proposing_request
from jury.committee.scribe import Scribe
from jury.committee.settings import TaxonomySettings
from jury.courtroom import Courtroom
from jury.errors import InputError
from jury.gateway.call import Gateway
from jury.panel import Seat, seats_of
from jury.records import Attempt, Committee, Jury, Transcript
from jury.rendering import Renderer
from prompts import Library

#: The lane of a committee's calls that belong to no group.
LANE = "taxonomy"


@dataclass(frozen=True)
class Assembly:
    """One committee with its means; `secret` is the ledger's.

    Raises `InputError` for a language without prompts, and where members and rule don't go together.
    """

    committee: Committee
    gateway: Gateway
    library: Library
    secret: str
    settings: TaxonomySettings

    def __post_init__(self) -> None:
        known = self.library.languages()
        if self.settings.language not in known:
            raise InputError(f"no prompts in language {self.settings.language!r}; there are: {', '.join(known)}")

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """The members in canonical order."""
        return seats_of(self.committee.panel.seats)

    @cached_property
    def scribe(self) -> Scribe:
        """Words for proposing and naming."""
        return Scribe(self.library, self.secret)

    @cached_property
    def renderer(self) -> Renderer:
        """Words for votes."""
        return Renderer(self.library, self.secret, speaker="council")

    @cached_property
    def jury(self) -> Jury:
        """The members as those who vote; what there is to merge into differs from group to group."""
        settings = self.settings
        return council(self.committee.panel, self.library, settled=settings.settled, rule=settings.rule)

    async def propose(self, seat: Seat) -> tuple[Attempt, tuple[Proposal, ...]]:
        """What one member proposes, or why it proposes nothing."""
        count, language = self.settings.proposals, self.settings.language
        request = proposing_request(self.scribe, seat, count=count, language=language)
        reply = await self.gateway.ask(request, proposals_form(seat.id, count), lane=LANE, language=language)
        proposals = reply.parsed or ()
        return Attempt(author=seat.id, written=len(proposals), cause=reply.error, calls=reply.keys), proposals

    def motion(self, groups: tuple[Group, ...], number: int) -> tuple[Transcript, Courtroom]:
        """What is put to the vote for one group, and the members who vote."""
        others = nearest(groups, number, self.settings.candidates)
        jury = self.jury.but(rubric=with_merges(self.jury.rubric, others))
        transcript = motion(groups, number, others, self.settings.language)
        return transcript, Courtroom(jury, self.gateway, self.renderer)

    async def name(
        self, proposals: tuple[Proposal, ...], categories: Collection[str]
    ) -> tuple[Title | None, tuple[Attempt, ...]]:
        """The title of a group by the first member, in canonical order, who gives one; None if nobody does."""
        attempts: list[Attempt] = []
        for seat in self.seats:
            request = naming_request(self.scribe, seat, proposals, categories, self.settings.language)
            reply = await self.gateway.ask(request, title_form(), lane=LANE, language=self.settings.language)
            named = int(reply.parsed is not None)
            attempts.append(Attempt(author=seat.id, written=named, cause=reply.error, calls=reply.keys))
            if reply.parsed is not None:
                return reply.parsed, tuple(attempts)
        return None, tuple(attempts)
