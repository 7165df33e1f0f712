"""A whole trial as a report tells it: exhibits, answers, rounds with their ballots, and what became of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from markupsafe import Markup

from benchmarks.exhibit_counts import not_shown
from benchmarks.headings import heading_of
from benchmarks.metrics.rubric_kind import bad_side
from benchmarks.report.embedding import NOTHING, Embedded
from benchmarks.report.naming import spelt
from jury.exhibits import numbered
from jury.records import (
    Answer,
    Ballot,
    ChangedMind,
    MediaRef,
    Outcome,
    Part,
    Round,
    Rubric,
    TextPart,
    Transcript,
    Verdict,
)

#: Where an image or clip is to be had on the page.
Exhibit = Callable[[MediaRef], Embedded]


@dataclass(frozen=True)
class ShownPart:
    """A part of a prompt: text, or an exhibit with its `address`, its words, or what is wrong with it."""

    kind: str
    number: int
    words: str
    address: Markup = NOTHING
    missing: str = ""


@dataclass(frozen=True)
class ShownTurn:
    """One turn: what the target was given, and its answer; `unanswered` says why there is none."""

    parts: tuple[ShownPart, ...]
    answer: str
    unanswered: str


@dataclass(frozen=True)
class ShownBallot:
    """One ballot; `kind` colours its vote, `details` are rating and confidence, `was` is the juror's vote in the round before where it differs.

    `notes` say what was read with tolerance. `unseen` says which exhibits the juror was not shown, and why.
    """

    seat: str
    juror: str
    vote: str
    details: str
    kind: str
    was: str
    reasoning: str
    cause: str
    clerk: tuple[str, ...]
    notes: tuple[str, ...]
    unseen: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownStatement:
    """What somebody said before a round's ballots; `unsaid` says why nothing was."""

    speaker: str
    text: str
    unsaid: str


@dataclass(frozen=True)
class ShownRound:
    """One round under its heading: what was said, then the ballots."""

    heading: str
    statements: tuple[ShownStatement, ...]
    ballots: tuple[ShownBallot, ...]


@dataclass(frozen=True)
class ShownTrial:
    """A trial from the prompt to the foreperson's summary; `unseen` are the exhibits that the target was not shown."""

    language: str
    turns: tuple[ShownTurn, ...]
    rounds: tuple[ShownRound, ...]
    before: str
    outcome: str
    kind: str
    rating: float | None
    changed: tuple[str, ...]
    dissent: tuple[str, ...]
    tie_break: ShownBallot | None
    foreperson: str
    summary: str
    no_summary: str
    unseen: tuple[str, ...] = ()


def shown_trial(transcript: Transcript, verdict: Verdict, rubric: Rubric, exhibit: Exhibit) -> ShownTrial:
    """The trial behind a verdict."""
    summary = verdict.summary
    return ShownTrial(
        language=transcript.case.language,
        turns=shown_turns(transcript, exhibit),
        rounds=tuple(_rounds(verdict.rounds, rubric)),
        before=decision(verdict.before) if verdict.before else "",
        outcome=decision(verdict.outcome),
        kind=kind_of(verdict.outcome.choice, rubric),
        rating=verdict.rating,
        changed=tuple(map(_changed, verdict.changed)),
        dissent=tuple(f"{one.juror}: {one.choice}" for one in verdict.dissent),
        tie_break=_ballot(verdict.tie_break, None, rubric) if verdict.tie_break else None,
        foreperson=summary.juror if summary else "",
        summary=summary.text if summary else "",
        no_summary=str(summary.cause) if summary and summary.cause else "",
        unseen=not_shown(verdict.exhibits),
    )


def decision(outcome: Outcome) -> str:
    """An outcome with the votes behind it."""
    votes = [f"{number} {choice}" for choice, number in outcome.tally.items()]
    rest = (("abstained", outcome.abstained), ("invalid", outcome.invalid))
    votes += [f"{number} {state}" for state, number in rest if number]
    said = ", ".join(votes) or "no ballots"
    if outcome.blocked is not None:
        return f"{outcome.choice or spelt(outcome.state)} (no juror was asked: {outcome.blocked})"
    if outcome.cause is not None:
        return f"nothing to judge ({outcome.cause})"
    by = f", decided by {spelt(outcome.decided_by)}" if outcome.decided_by not in {"", "rule"} else ""
    return f"{outcome.choice or spelt(outcome.state)} ({said}{by})"


def kind_of(choice: str | None, rubric: Rubric) -> str:
    """The class that colours a choice: `positive` on the bad side, `negative` on the good one, `neutral` where nothing says which is which."""
    bad = bad_side(rubric)
    if choice is None:
        return "undecided"
    if bad is None:
        return "neutral"
    return "positive" if (choice in rubric.positives) == (bad == "positive") else "negative"


def _changed(mind: ChangedMind) -> str:
    toward = f", toward {', '.join(mind.toward)}" if mind.toward else ""
    return f"{mind.juror}: {mind.before} → {mind.after}{toward}"


def shown_turns(transcript: Transcript, exhibit: Exhibit) -> tuple[ShownTurn, ...]:
    """What the target was given, and what it answered, turn by turn."""
    return tuple(_turns(transcript, exhibit))


def _turns(transcript: Transcript, exhibit: Exhibit) -> Iterator[ShownTurn]:
    turns = numbered(transcript.case)
    for parts, answer in zip_longest(turns, transcript.answers[: len(turns)]):
        shown = tuple(_part(number, part, exhibit) for number, part in parts)
        yield ShownTurn(shown, answer.text if answer else "", _unanswered(answer))


def _unanswered(answer: Answer | None) -> str:
    if answer is None:
        return "not asked, since an earlier answer failed"
    return str(answer.cause) if answer.cause else ""


def _part(number: int, part: Part, exhibit: Exhibit) -> ShownPart:
    if isinstance(part, TextPart):
        return ShownPart("text", number, part.text)
    words = part.words
    if part.problem is not None:
        return ShownPart(part.kind, number, words, missing=f"could not be read: {part.problem}")
    if part.media is None:
        return ShownPart(part.kind, number, words, missing="not there: jurors had these words in its place")
    embedded = exhibit(part.media)
    return ShownPart(part.kind, number, words, embedded.address, embedded.missing)


def _rounds(rounds: Sequence[Round], rubric: Rubric) -> Iterator[ShownRound]:
    earlier: Mapping[str, Ballot] = {}
    for held in rounds:
        said = tuple(
            ShownStatement(one.speaker, one.text, str(one.cause) if one.cause else "") for one in held.statements
        )
        votes = tuple(_ballot(one, earlier.get(one.seat), rubric) for one in held.ballots)
        yield ShownRound(heading_of(held), said, votes)
        earlier = {one.seat: one for one in held.ballots}


def _ballot(ballot: Ballot, before: Ballot | None, rubric: Rubric) -> ShownBallot:
    moved = before is not None and "invalid" not in {before.state, ballot.state} and before.choice != ballot.choice
    return ShownBallot(
        seat=ballot.seat,
        juror=ballot.juror,
        vote=ballot.choice or ", ".join(ballot.ranking) or ballot.state,
        details=", ".join(_details(ballot)),
        kind=kind_of(ballot.choice, rubric),
        was=(before.choice or before.state) if before is not None and moved else "",
        reasoning=ballot.reasoning,
        cause=str(ballot.cause) if ballot.cause else "",
        clerk=ballot.clerk,
        notes=ballot.notes,
        unseen=not_shown(ballot.exhibits),
    )


def _details(ballot: Ballot) -> Iterator[str]:
    if ballot.rating is not None:
        yield f"rating {ballot.rating:g}"
    if ballot.confidence is not None:
        yield f"confidence {ballot.confidence:.0%}"
