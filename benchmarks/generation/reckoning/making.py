"""What images and clips ask of those who describe, paint, look and speak."""

from collections import Counter
from collections.abc import Iterator

from benchmarks.generation.images import NOBODY, motifs_of
from benchmarks.generation.plan import Plan
from benchmarks.generation.reckoning.line import LONG, NO_SECRET, Line, asked, made
from benchmarks.generation.settings import ImageStage, SpeechStage
from benchmarks.generation.speech import is_spoken
from jury.committee.scribe import Scribe
from jury.illustrating import TEMPLATES
from jury.illustrating.interpreting import description_form, interpreting_request
from jury.illustrating.looking import critique_form, looking_request
from jury.panel import Seat, seats_of
from jury.policy import policy_of
from jury.records import Draft, Juror, MediaRef, Query
from jury.speaking import TAKES
from jury.taxonomies import in_language, scenario_of
from jury.variants import Wording, expansion_of
from prompts import Library

NOTES = (
    "images and clips: a query is taken to have 60 words, and each of its panels one image; at the most: every member before the last "
    "describes nothing usable, no critic is ever content, every clip is taken three times",
)

#: Any image: what it costs to be shown depends on its size as it is sent, not on its bytes.
_IMAGE = MediaRef(sha256="0" * 64, mime="image/png", size=1)


def of_images(plan: Plan, stage: ImageStage, library: Library) -> Iterator[Line]:
    """Each panel is described by one member, painted, and looked at, in one round or in all of them."""
    scribe, seats = Scribe(library, NO_SECRET, TEMPLATES), seats_of(plan.committee.panel.seats)
    for (key, language, technique), queries in _streams(plan).items():
        query = _query(key, language, technique)
        scenario = scenario_of(query, plan.taxonomy)
        if not policy_of(scenario).image:
            continue
        motifs = motifs_of(query, library)
        motif, pieces = motifs[0], queries * len(motifs)
        about = in_language(scenario.name, language)
        for place, seat in enumerate(seats):
            request = interpreting_request(scribe, seat, motif, about)
            yield asked(seat, request, description_form(), pieces if place == 0 else 0, pieces)
        yield made(stage.painter, "image", pieces, 1, stage.rounds)
        for critic in _critics(stage, seats):
            request = looking_request(scribe, critic, motif, LONG, _IMAGE, 1)
            yield asked(critic, request, critique_form(), 0 if stage.critic is None else pieces, pieces * stage.rounds)


def of_speech(plan: Plan, stage: SpeechStage, library: Library) -> Iterator[Line]:
    """Each query that is spoken at all is spoken by both voices, once or as often as a take may be made again."""
    audible = {one.key for one in plan.taxonomy.scenarios if policy_of(one).audio}
    spoken = sum(
        queries
        for (key, language, technique), queries in _streams(plan).items()
        if key in audible and is_spoken(_query(key, language, technique), Wording(library))
    )
    for voice in (stage.voices.female, stage.voices.male):
        yield made(voice.model, "audio", spoken, 1, TAKES)


def _query(scenario: str, language: str, technique: str) -> Query:
    """A long query of a stream, in the form that its technique asks for."""
    texts = (LONG, f"{LONG}| right | wrong")
    text = next(text for text in texts if not expansion_of(technique).problem(text))
    draft = Draft(text=text, author="")
    return Query(id="q", scenario=scenario, language=language, technique=technique, draft=draft)


def _streams(plan: Plan) -> Counter[tuple[str, str, str]]:
    wanted: Counter[tuple[str, str, str]] = Counter()
    for name, number in plan.wanted.items():
        key, language, technique = name.split("/")
        wanted[key, language, technique] += number
    return wanted


def _critics(stage: ImageStage, seats: tuple[Seat, ...]) -> tuple[Seat, ...]:
    """Whoever may look: without a name, which of the members sees is only known once LiteLLM is asked."""
    if stage.critic is None:
        return seats
    if stage.critic == NOBODY:
        return ()
    member = tuple(seat for seat in seats if seat.name == stage.critic)
    return member or seats_of((Juror(name="the critic", model=stage.critic),))
