"""Ballots: the form jurors fill in, and what a reply makes of it."""

from math import isfinite
from typing import Any

from pydantic import JsonValue

from jury.gateway.answers.form import Form, UnreadableError
from jury.gateway.reply import Reply
from jury.panel import Seat
from jury.records import Ballot, Delivery, Record, Rubric, Scale, TemplateRef

ABSTAIN = "abstain"


class Vote(Record):
    """What a juror wrote on a ballot; `choice` is None where they abstained."""

    choice: str | None
    rating: float | None = None
    confidence: float | None = None
    reasoning: str = ""


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
    labels = _labels(rubric)
    return Form(name="ballot", schema=schema, read=lambda value: _read_vote(value, labels, rubric))


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
    said = {"reasoning": vote.reasoning, "confidence": vote.confidence}
    if vote.choice is None:
        return Ballot.model_validate({**common, **said, "state": "abstain"})
    return Ballot.model_validate({**common, **said, "state": "cast", "choice": vote.choice, "rating": vote.rating})


def _labels(rubric: Rubric) -> dict[str, str | None]:
    """Every way to write a choice, in lower case, and what it means."""
    labels: dict[str, str | None] = {alias.casefold(): choice for alias, choice in rubric.aliases.items()}
    labels.update({choice.casefold(): choice for choice in rubric.choices})
    labels[ABSTAIN] = None
    return labels


def _read_vote(value: JsonValue, labels: dict[str, str | None], rubric: Rubric) -> Vote:
    if not isinstance(value, dict):
        raise UnreadableError("is not a JSON object")
    choice = _read_choice(value.get("choice"), labels, rubric)
    reasoning = value.get("reasoning", "")
    return Vote(
        choice=choice,
        rating=None if choice is None else _read_rating(value.get("rating"), rubric.rating),
        confidence=_read_confidence(value.get("confidence")),
        reasoning=_writable(reasoning) if isinstance(reasoning, str) else "",
    )


def _writable(words: str) -> str:
    """Words that can be written down: JSON may spell half a character of UTF-16, which can't."""
    return words.encode(errors="replace").decode()


def _read_choice(written: JsonValue, labels: dict[str, str | None], rubric: Rubric) -> str | None:
    if isinstance(written, int) and not isinstance(written, bool):
        written = str(written)  # a grade may be written as a number
    if not isinstance(written, str):
        raise UnreadableError("has no `choice`")
    label = written.strip().casefold()
    if label not in labels:
        shown = written if len(written) <= 80 else written[:80] + "…"
        raise UnreadableError(f"choice {shown!r} is none of {', '.join(rubric.choices)}", written)
    return labels[label]


def _read_rating(written: JsonValue, scale: Scale | None) -> float | None:
    if scale is None:
        return None
    rating = _number(written)
    if rating is None or not scale.low <= rating <= scale.high:
        raise UnreadableError(f"has no `rating` from {scale.low} to {scale.high}")
    return rating


def _read_confidence(written: JsonValue) -> float | None:
    """A number between 0 and 1. Anything else is left out: it decides nothing, and the vote itself can be read."""
    confidence = _number(written)
    return confidence if confidence is not None and 0 <= confidence <= 1 else None


def _number(written: JsonValue) -> float | None:
    if isinstance(written, bool) or not isinstance(written, (int, float, str)):
        return None
    try:
        number = float(written)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None
