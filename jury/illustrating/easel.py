"""Where queries are illustrated: who may be pictured at all, who describes, who paints, who looks."""

from collections.abc import Sequence
from dataclasses import dataclass

from jury.committee.scribe import Scribe
from jury.errors import InputError
from jury.gateway.call import Gateway
from jury.illustrating.interpreting import Description, description_form, interpreting_request
from jury.illustrating.looking import Critique, critique_form, looking_request, require_sight
from jury.illustrating.motif import Motif
from jury.illustrating.versions import advice_of
from jury.painting import NO_CAPTION
from jury.panel import Seat
from jury.policy import policy_of
from jury.providers import told
from jury.records import Attempt, Cause, Maker, Request, Taxonomy, Version
from jury.taxonomies import in_language, scenario_of

#: How often one image is painted until its critic is content (SafeBench, "Pictures").
ROUNDS = 3
#: The folder of the templates a scribe needs here.
TEMPLATES = "image"


@dataclass(frozen=True)
class Easel:
    """Those who picture queries, with their means; it holds for all queries of a taxonomy and knows nothing of any of them.

    `scribe` renders the templates of `TEMPLATES`; `interpreters` are asked in their order. Without a critic the first
    painting is taken. Raises `InputError` where nobody describes, for less than one round, and for a critic that can't see.
    """

    gateway: Gateway
    taxonomy: Taxonomy
    scribe: Scribe
    interpreters: tuple[Seat, ...]
    painter: Maker
    critic: Seat | None = None
    rounds: int = ROUNDS

    def __post_init__(self) -> None:
        if not self.interpreters:
            raise InputError("nobody is there to describe what to paint; name a committee")
        if self.rounds < 1:
            raise InputError(f"{self.rounds} rounds paint nothing; name 1 or more")
        if self.critic:
            require_sight(self.critic, self.gateway)

    def objection(self, motif: Motif) -> Cause | None:
        """Why a motif must not be pictured, None where it may be. Raises `InputError` for an unknown scenario."""
        if not policy_of(scenario_of(motif.query, self.taxonomy)).image:
            return _refused("the scenario's policy allows no image")
        return _refused("the query's words allow no image") if motif.forbids() else None

    async def interpret(self, motif: Motif) -> tuple[tuple[Attempt, ...], Description | None]:
        """What to paint, by the first who describes something that may be shown; all who were asked are named."""
        attempts: list[Attempt] = []
        for seat in self.interpreters:
            attempt, description = await self._described(seat, motif)
            attempts.append(attempt)
            if description is not None:
                return tuple(attempts), description
        return tuple(attempts), None

    async def paint(self, motif: Motif, description: Description, earlier: Sequence[Version]) -> Version:
        """The next painting, that nobody has looked at yet. Its sample tells it from earlier ones of the same words."""
        language = motif.query.language
        values = {"subject": description.subject, "scene": description.scene, "advice": advice_of(earlier)}
        prompt = self.scribe.words("paint", language, values)
        request = Request.to_make("image", self.painter, prompt, sample=len(earlier))
        caption = NO_CAPTION if motif.silent else description.subject
        request = told(request, text=motif.words, caption=caption, language=language)
        reply = await self.gateway.make(request, lane=motif.query.id)
        return Version(prompt=prompt, image=reply.parsed, cause=reply.error, calls=reply.keys)

    async def look(self, motif: Motif, version: Version, number: int) -> Version:
        """The version of round `number` with what the critic says of it, or the cause why it says nothing."""
        if self.critic is None or version.image is None:
            return version
        request = looking_request(self.scribe, self.critic, motif, version.prompt, version.image, number)
        reply = await self.gateway.ask(request, critique_form(), lane=motif.query.id, language=motif.query.language)
        looked = version.but(calls=(*version.calls, *reply.keys), cause=reply.error)
        return looked if reply.parsed is None else _judged(motif, looked, reply.parsed)

    async def _described(self, seat: Seat, motif: Motif) -> tuple[Attempt, Description | None]:
        request = interpreting_request(self.scribe, seat, motif, self._about(motif))
        reply = await self.gateway.ask(request, description_form(), lane=motif.query.id, language=motif.query.language)
        description, cause = reply.parsed, reply.error
        if description is not None and motif.forbids(description.subject, description.scene):
            description, cause = None, _refused("what is described allows no image")
        attempt = Attempt(author=seat.id, written=int(description is not None), cause=cause, calls=reply.keys)
        return attempt, description

    def _about(self, motif: Motif) -> str:
        return in_language(scenario_of(motif.query, self.taxonomy).name, motif.query.language)


def _judged(motif: Motif, version: Version, said: Critique) -> Version:
    """The version with its critique. What must not be shown is neither taken nor asked for nor written down."""
    if motif.forbids(said.seen):
        return version.but(image=None, cause=_refused("what the critic sees in it allows no image"))
    judged = version.but(seen=said.seen, accepted=said.brings_to_mind)
    if motif.forbids(version.prompt, said.advice):
        return judged.but(cause=_refused("what the critic wants changed allows no image"))
    return judged.but(advice=said.advice)


def _refused(detail: str) -> Cause:
    return Cause(kind="refused", detail=detail)
