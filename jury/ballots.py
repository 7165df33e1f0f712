"""Ballots: the form jurors fill in, and what a reply makes of it."""

import re
import unicodedata
from collections.abc import Callable
from math import isfinite
from typing import Any

from pydantic import JsonValue

from jury.gateway.answers.form import Form, UnreadableError
from jury.gateway.reply import Reply
from jury.labels import ABSTAIN
from jury.panel import Seat
from jury.records import Ballot, Delivery, Record, Rubric, Scale, TemplateRef

#: The most of what a juror wrote that a note quotes, in characters.
_QUOTED = 80

#: A rating on a scale (`4/5`, `4 out of 5`), in points (`4分`), or as a number; a confidence in percent.
_OF = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(?:/|of|out of)\s*(\d{1,3})")
_POINTS = re.compile(r"(\d{1,3}(?:\.\d+)?|[零〇一二三四五六七八九十])\s*分?")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%")
_NUMERALS = {sign: number for number, sign in enumerate("零一二三四五六七八九十")} | {"〇": 0}

Note = Callable[[str], None]


class Vote(Record):
    """What a juror wrote on a ballot; `choice` is None where they abstained, `notes` say what was read with tolerance."""

    choice: str | None
    rating: float | None = None
    confidence: float | None = None
    reasoning: str = ""
    notes: tuple[str, ...] = ()


def ballot_form(rubric: Rubric) -> Form[Vote]:
    """The form of a ballot under a rubric: reasoning first, so that the choice follows from it."""
    properties: dict[str, Any] = {
        "reasoning": {"type": "string"},
        "choice": {"type": "string", "enum": [*rubric.choices, ABSTAIN]},
    }
    if rubric.rating is not None:
        properties["rating"] = {"type": "integer", "minimum": rubric.rating.low, "maximum": rubric.rating.high}
    properties["confidence"] = {"type": "number", "minimum": 0, "maximum": 1}
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return Form(
        name="ballot",
        schema=schema,
        read=lambda value: _read_vote(value, rubric),
        decision=lambda vote: vote.choice,
        noted=lambda vote, notes: vote.but(notes=(*notes, *vote.notes)),
    )


def ballot_of(
    seat: Seat,
    reply: Reply[Vote],
    template: TemplateRef | None,
    clerk: tuple[str, ...] = (),
    exhibits: tuple[Delivery, ...] = (),
) -> Ballot:
    """The ballot a reply amounts to: cast, abstaining, or invalid with its cause.

    `clerk` is what was read out for it, `exhibits` what it was shown.
    """
    common = {
        "seat": seat.id,
        "juror": seat.name,
        "template": template,
        "calls": reply.keys,
        "clerk": clerk,
        "exhibits": exhibits,
    }
    if reply.parsed is None:
        return Ballot.model_validate({**common, "state": "invalid", "cause": reply.error})
    vote = reply.parsed
    said = {"reasoning": vote.reasoning, "confidence": vote.confidence, "notes": vote.notes}
    if vote.choice is None:
        return Ballot.model_validate({**common, **said, "state": "abstain"})
    return Ballot.model_validate({**common, **said, "state": "cast", "choice": vote.choice, "rating": vote.rating})


def _read_vote(value: JsonValue, rubric: Rubric) -> Vote:
    if not isinstance(value, dict):
        raise UnreadableError("is not a JSON object")
    notes: list[str] = []
    choice = _read_choice(value.get("choice"), rubric, notes.append)
    return Vote(
        choice=choice,
        rating=None if choice is None else _read_rating(value.get("rating"), rubric.rating, notes.append),
        confidence=_read_confidence(value.get("confidence"), notes.append),
        reasoning=_read_reasoning(value.get("reasoning"), notes.append),
        notes=tuple(notes),
    )


def _read_reasoning(written: JsonValue, note: Note) -> str:
    if isinstance(written, list):
        sentences = [one for one in written if isinstance(one, str)]
        if sentences:
            note("reasoning: a list, joined")
        return _writable("\n".join(sentences))
    return _writable(written) if isinstance(written, str) else ""


def _writable(words: str) -> str:
    """Words that can be written down: JSON may spell half a character of UTF-16, which can't."""
    return words.encode(errors="replace").decode()


def _read_choice(written: JsonValue, rubric: Rubric, note: Note) -> str | None:
    """The choice, None for an abstention. A grade may be written as a number, a label as `jury.labels` knows it."""
    label: JsonValue = written
    if isinstance(written, float) and written.is_integer():
        label = f"{written:.0f}"
    elif isinstance(written, int) and not isinstance(written, bool):
        label = str(written)
    if not isinstance(label, str):
        raise UnreadableError("has no `choice`", field="choice")
    meaning = rubric.labels.meaning_of(label)
    if meaning is None:
        raise UnreadableError(
            f"choice {_shortened(label)!r} is none of {', '.join(rubric.choices)}", _writable(label), field="choice"
        )
    if isinstance(written, float) or not rubric.labels.is_plain(label):
        note(f"choice: {_shortened(str(written))!r} read as {meaning}")
    return None if meaning == ABSTAIN else meaning


def _read_rating(written: JsonValue, scale: Scale | None, note: Note) -> float | None:
    if scale is None:
        return None
    rating = _number(written)
    if rating is None and isinstance(written, str):
        rating = _rating_in_words(unicodedata.normalize("NFKC", written).strip(), scale)
    if rating is None or not scale.low <= rating <= scale.high:
        raise UnreadableError(f"has no `rating` from {scale.low} to {scale.high}", field="rating")
    if str(written).strip() != f"{rating:g}":
        note(f"rating: {_shortened(str(written))!r} read as {rating:g}")
    return rating


def _rating_in_words(written: str, scale: Scale) -> float | None:
    """The rating in a text such as `4/5` (whose scale must be the rubric's), `4分` or `四`."""
    of = _OF.fullmatch(written)
    if of:
        return float(of[1]) if int(of[2]) == scale.high else None
    points = _POINTS.fullmatch(written)
    if points is None:
        return None
    return float(_NUMERALS[points[1]] if points[1] in _NUMERALS else points[1])


def _read_confidence(written: JsonValue, note: Note) -> float | None:
    """A number between 0 and 1, or a percentage. Anything else is left out: it decides nothing, and the vote can be read.

    A bare number up to 10 may be of another scale; above it, up to 100, it is in percent.
    """
    confidence = _number(written)
    if confidence is None and isinstance(written, str):
        percent = _PERCENT.fullmatch(unicodedata.normalize("NFKC", written).strip())
        share = float(percent[1]) / 100 if percent else None
    else:
        share = confidence / 100 if confidence is not None and confidence > 10 else confidence
    if share is None or not 0 <= share <= 1:
        return None
    if share != confidence:
        note(f"confidence: {_shortened(str(written))!r} read as {share:g}")
    return share


def _number(written: JsonValue) -> float | None:
    if isinstance(written, bool) or not isinstance(written, (int, float, str)):
        return None
    if isinstance(written, str) and not _NUMBER.fullmatch(written.strip()[:400]):
        return None
    try:
        number = float(written)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


def _shortened(written: str) -> str:
    shown = _writable(written)
    return shown if len(shown) <= _QUOTED else f"{shown[:_QUOTED]}…"
