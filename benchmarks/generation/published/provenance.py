"""Everything that led to an item, and to each query that is not part of the set."""

from collections.abc import Iterator
from typing import Any

from benchmarks.generation.published.entries import Entry, Exhibit
from benchmarks.generation.published.roster import Roster
from benchmarks.generation.published.rows import CRITERIA
from jury.records import Attempt, Cause, Drawing, MediaRef, Query, Recording, Score, Version

FILE = "provenance.jsonl"

#: Why an item is no part of the set although its query is.
NO_IMAGE = "no_image"

#: Queries rejected for what they say are told of without their words: publishing those would undo the rejection.
_WITHHELD = frozenset({"policy", "too_detailed"})

#: A panel that nobody was asked to paint.
_UNDRAWN = Drawing(query="-")


def line_of(entry: Entry, roster: Roster) -> dict[str, Any]:
    """What led to an item: author, scores, versions of its panels, takes of its clips, and why something is missing.

    An item that is left out is told of like the others, as rejected for want of an image.
    """
    images = _image(entry, roster)
    clips = {f"audio_{voice}": _clip(clip, entry.recordings.get(voice), roster) for voice, clip in entry.clips.items()}
    return {
        "id": entry.item.id,
        **_query(entry.query, roster),
        "image": images,
        **clips,
        "rehearsal": is_rehearsed(entry, roster),
        "rejected": NO_IMAGE if entry.left_out else None,
    }


def rejected_line(query: Query, roster: Roster) -> dict[str, Any]:
    """What led to a query that is not part of the set, and why it is not."""
    scripted = roster.scripted(_seats(query), _query_calls(query))
    told = _query(query, roster)
    return {"id": query.id, **told, "rehearsal": scripted, "rejected": query.reason, "like": query.like or None}


def is_rehearsed(entry: Entry, roster: Roster) -> bool:
    """Whether a scripted model took part in an item."""
    return roster.scripted(_seats(entry.query), _calls(entry))


def _query(query: Query, roster: Roster) -> dict[str, Any]:
    draft = query.draft
    return {
        "query": query.id,
        "scenario": query.scenario,
        "language": query.language,
        "technique": query.technique,
        "text": None if query.reason in _WITHHELD else draft.text,
        "author": {**roster.who(draft.author), "calls": roster.calls(draft.calls)},
        "scores": [_score(score, roster) for score in query.scores],
        "mean_score": query.mean_score,
        "rank": query.rank,
    }


def _score(score: Score, roster: Roster) -> dict[str, Any]:
    grades = {name: getattr(score, name) for name in CRITERIA}
    return {**roster.who(score.by), **grades, "cause": _cause(score.cause), "calls": roster.calls(score.calls)}


def _image(entry: Entry, roster: Roster) -> dict[str, Any]:
    """What is shown, and how its panels came to be: the first beside it, others in a list where there are any."""
    shown, (first, *others) = entry.image.media, entry.drawings
    told = {
        "shown": _media(shown),
        "changed_by_technique": shown is not None and entry.item.combine is not None,
        "cause": _cause(entry.image.cause),
        **_panel(first or _UNDRAWN, roster),
    }
    return {**told, "other_panels": [_panel(one or _UNDRAWN, roster) for one in others]} if others else told


def _panel(drawing: Drawing, roster: Roster) -> dict[str, Any]:
    return {
        "taken": _media(drawing.image),
        "subject": drawing.subject,
        "scene": drawing.scene,
        "attempts": [_attempt(attempt, roster) for attempt in drawing.attempts],
        "calls": roster.calls(drawing.calls),
        "versions": [_version(version, roster) for version in drawing.versions],
    }


def _attempt(attempt: Attempt, roster: Roster) -> dict[str, Any]:
    return {**roster.who(attempt.author), "cause": _cause(attempt.cause), "calls": roster.calls(attempt.calls)}


def _version(version: Version, roster: Roster) -> dict[str, Any]:
    return {
        "prompt": version.prompt,
        "image": _media(version.image),
        "seen": version.seen,
        "accepted": version.accepted,
        "advice": version.advice,
        "cause": _cause(version.cause),
        "calls": roster.calls(version.calls),
    }


def _clip(shown: Exhibit, recording: Recording | None, roster: Roster) -> dict[str, Any]:
    takes = recording.takes if recording else ()
    return {
        "clip": _media(shown.media),
        "cause": _cause(shown.cause),
        "takes": [
            {"clip": _media(take.clip), "cause": _cause(take.cause), "calls": roster.calls((take.call,))}
            for take in takes
        ],
    }


def _media(ref: MediaRef | None) -> dict[str, Any] | None:
    return ref.model_dump(mode="json", exclude_none=True) if ref else None


def _cause(cause: Cause | None) -> dict[str, Any] | None:
    return cause.model_dump(mode="json") if cause else None


def _seats(query: Query) -> Iterator[str]:
    yield query.draft.author
    yield from (score.by for score in query.scores)


def _query_calls(query: Query) -> Iterator[str]:
    yield from query.draft.calls
    for score in query.scores:
        yield from score.calls


def _calls(entry: Entry) -> Iterator[str]:
    yield from _query_calls(entry.query)
    for drawing in filter(None, entry.drawings):
        yield from drawing.calls
        for attempt in drawing.attempts:
            yield from attempt.calls
        for version in drawing.versions:
            yield from version.calls
    for recording in entry.recordings.values():
        yield from (take.call for take in recording.takes)
