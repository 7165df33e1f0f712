"""Every speech of a jury, rendered once on a specimen before the first call: what can't be said is found while it costs nothing."""

from collections.abc import Iterable, Sequence
from typing import get_args

from jury.ballots import ballot_form
from jury.forums import speeches_of
from jury.gateway.answers.repairing import RepairWriter
from jury.panel import Seat, officer, panel_seats
from jury.records import (
    Answer,
    AudioPart,
    Ballot,
    Case,
    Cause,
    ContentFilter,
    ImagePart,
    Jury,
    MediaRef,
    Office,
    Outcome,
    Rubric,
    Statement,
    TextPart,
    Transcript,
    Turn,
)
from jury.rendering import Peer, Renderer
from prompts import Library

_UNREADABLE = Cause(kind="broken")
_FILTERED = ContentFilter(stage="output")
_STATEMENTS = (
    Statement(seat="critic", speaker="critic", text="words"),
    Statement(seat="defender", speaker="defender", cause=_UNREADABLE),
)


def proofread(jury: Jury, library: Library, languages: Iterable[str], renderer: Renderer | None = None) -> None:
    """Render every speech act in the languages of the cases, on a specimen that holds all there is to show.

    `renderer` speaks in the place of the library's own. Raises `InputError` that names the template, role or rubric at
    fault.
    """
    renderer, seat, rubric = renderer or Renderer(library, secret=""), panel_seats(jury.panel)[0], jury.rubric
    RepairWriter(library).longest(ballot_form(rubric))
    ballots = specimen_ballots(seat, rubric)
    peers = specimen_peers(ballots)
    for language in sorted(set(languages)):
        transcript = _transcript(language)
        renderer.assess(seat, transcript, jury)
        for own, heard in ((ballots[0], peers), (ballots[1], ()), (ballots[2], peers)):
            renderer.deliberate(seat, transcript, jury, index=1, own=own, heard=heard)
            renderer.reballot(seat, transcript, jury, own=own, heard=heard)
        renderer.reballot(seat, transcript, jury, own=None, heard=peers)
        _proofread_forum(renderer, transcript, jury, peers)
        for outcome in (Outcome(state="decided", choice=rubric.positive), Outcome(state="hung")):
            renderer.summarise(seat, transcript, jury, ballots=peers, outcome=outcome)


def _proofread_forum(renderer: Renderer, transcript: Transcript, jury: Jury, peers: Sequence[Peer]) -> None:
    """What is put to those who speak in the protocol's forum, and to the jurors who heard them."""
    speeches = speeches_of(jury.protocol)
    for speaker, act in sorted(set(speeches)):
        office = next((one for one in get_args(Office) if one == speaker), None)
        seat = officer(jury.panel, office) if office else panel_seats(jury.panel)[0]
        for said in ((), _STATEMENTS):
            renderer.speak(act, seat, transcript, jury, index=1, ballots=peers, said=said)
    if speeches:
        seat, own = panel_seats(jury.panel)[0], peers[0].ballot
        renderer.weigh(seat, transcript, jury, index=1, own=own, said=_STATEMENTS)


def _transcript(language: str) -> Transcript:
    """A turn for every kind of part in every state it can be shown in, and answers that ended in every way."""
    image = MediaRef(sha256="0" * 64, mime="image/png", size=1)
    clip = MediaRef(sha256="0" * 64, mime="audio/wav", size=1)
    words = TextPart(text="words")
    images = (ImagePart(media=image), ImagePart(description="words"), ImagePart(problem=_UNREADABLE))
    clips = (AudioPart(media=clip), AudioPart(spoken="words"), AudioPart(problem=_UNREADABLE))
    asked = Turn(parts=(words,))
    turns = (Turn(parts=(words, *images)), Turn(parts=(words, *clips)), asked, asked, asked)
    answers = (
        Answer(text="words"),
        Answer(text="words", cut_off=True),
        Answer(text="words", filtered=_FILTERED),
        Answer(state="blocked", cause=_UNREADABLE, filtered=_FILTERED),
    )
    return Transcript(case=Case(id="specimen", language=language, turns=turns), answers=answers)


def specimen_peers(ballots: Iterable[Ballot]) -> list[Peer]:
    """Specimen ballots as they are heard: each under a letter."""
    return [Peer(letter, ballot) for letter, ballot in zip("ABC", ballots, strict=True)]


def specimen_ballots(seat: Seat, rubric: Rubric) -> tuple[Ballot, Ballot, Ballot]:
    """A ballot in every state: cast, abstaining, invalid."""
    cast = Ballot(
        seat=seat.id,
        juror=seat.name,
        state="cast",
        choice=rubric.positive,
        rating=rubric.rating.low if rubric.rating else None,
        reasoning="words",
    )
    abstaining = Ballot(seat=seat.id, juror=seat.name, state="abstain", reasoning="words")
    invalid = Ballot(seat=seat.id, juror=seat.name, state="invalid", cause=_UNREADABLE)
    return cast, abstaining, invalid
