"""Every speech that a jury can make, rendered once on a specimen before the first call: faults are found while they cost nothing."""

from collections.abc import Collection, Iterable
from typing import get_args

from jury.ballots import ballot_form
from jury.forums import speeches_of
from jury.gateway.answers.repairing import RepairWriter
from jury.panel import Seat, officer, panel_seats
from jury.prompt_reach import acts_of
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
    """Render every speech act that protocol and rule can ask for, in the languages of the cases, on a specimen that holds all there is to show.

    `renderer` speaks in the place of the library's own. Raises `InputError` that names the template, role or rubric at
    fault.
    """
    renderer = renderer or Renderer(library, secret="")
    RepairWriter(library).longest(ballot_form(jury.rubric))
    acts = {act.rpartition("/")[2] for act in acts_of(jury)}
    for language in sorted(set(languages)):
        transcript = _transcript(language)
        renderer.assess(panel_seats(jury.panel)[0], transcript, jury)
        _proofread_ballots(renderer, transcript, jury, acts)
        _proofread_forum(renderer, transcript, jury)
        _proofread_summary(renderer, transcript, jury)


def _proofread_ballots(renderer: Renderer, transcript: Transcript, jury: Jury, acts: Collection[str]) -> None:
    """What is put to jurors who hear each other, and to a foreperson who breaks a tie."""
    seat = panel_seats(jury.panel)[0]
    ballots = specimen_ballots(seat, jury.rubric)
    peers = specimen_peers(ballots)
    for own, heard in ((ballots[0], peers), (ballots[1], ()), (ballots[2], peers)):
        if "deliberate" in acts:
            renderer.deliberate(seat, transcript, jury, index=1, own=own, heard=heard)
        if "reballot" in acts:
            renderer.reballot(seat, transcript, jury, own=own, heard=heard)
    if "reballot" in acts:
        renderer.reballot(seat, transcript, jury, own=None, heard=peers)


def _proofread_forum(renderer: Renderer, transcript: Transcript, jury: Jury) -> None:
    """What is put to those who speak in the protocol's forum, and to the jurors who heard them."""
    speeches, first = speeches_of(jury.protocol), panel_seats(jury.panel)[0]
    peers = specimen_peers(specimen_ballots(first, jury.rubric))
    for speaker, act in sorted(set(speeches)):
        office = next((one for one in get_args(Office) if one == speaker), None)
        seat = officer(jury.panel, office) if office else first
        for said in ((), _STATEMENTS):
            renderer.speak(act, seat, transcript, jury, index=1, ballots=peers, said=said)
    if jury.protocol.forum is not None:
        renderer.weigh(first, transcript, jury, index=1, own=peers[0].ballot, said=_STATEMENTS)


def _proofread_summary(renderer: Renderer, transcript: Transcript, jury: Jury) -> None:
    """What is put to the foreperson once the outcome is decided, or is not."""
    seat, rubric = panel_seats(jury.panel)[0], jury.rubric
    peers = specimen_peers(specimen_ballots(seat, rubric))
    for outcome in (Outcome(state="decided", choice=rubric.positive), Outcome(state="hung")):
        if jury.protocol.summary:
            renderer.summarise(seat, transcript, jury, ballots=peers, outcome=outcome)


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
