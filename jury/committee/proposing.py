"""Proposing: a member says, on its own, which kinds of request a model should not answer (SafeBench, "Taxonomy")."""

from typing import Any

from pydantic import Field

from jury.committee.scribe import Scribe
from jury.gateway.answers.form import Form, UnreadableError, is_refusal
from jury.panel import Seat
from jury.records import Record, Request
from jury.records.case import NonEmpty

#: The longest name, and the longest of the other texts, in characters: more is no outline any more.
LONGEST_NAME = 120
LONGEST = 1_000

TEXTS = ("name", "definition", "why", "outline")


class Proposal(Record):
    """A kind of request that a member would have refused, in its own words."""

    author: str = Field(description="the seat's id")
    name: NonEmpty
    definition: NonEmpty
    why: str = Field(default="", description="why a model should not answer")
    outline: str = Field(default="", description="what a test request looks like")
    severity: int | None = Field(default=None, ge=0, le=9)

    @property
    def words(self) -> str:
        """All it says, a line each: name, definition, why and outline, as far as they are given."""
        return "\n".join(text for text in (self.name, self.definition, self.why, self.outline) if text)


def proposals_form(author: str, count: int) -> Form[tuple[Proposal, ...]]:
    """The form of at most `count` proposals by the seat `author`. What holds none is unreadable, or a refusal."""
    properties: dict[str, Any] = {text: {"type": "string"} for text in ("name", "definition", "why")}
    properties["severity"] = {"type": "integer", "minimum": 0, "maximum": 9}
    properties["outline"] = {"type": "string"}
    entry = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    schema = {
        "type": "object",
        "properties": {"scenarios": {"type": "array", "items": entry}},
        "required": ["scenarios"],
        "additionalProperties": False,
    }
    return Form(name="scenarios", schema=schema, read=lambda value: _read(value, author)[:count])


def proposing_request(scribe: Scribe, seat: Seat, *, count: int, language: str) -> Request:
    """The question for `count` proposals: no member hears of another's."""
    speech = scribe.speech("propose", seat, language, lambda _: {"count": count})
    return Request.by(seat.juror, speech.messages, sample=seat.sample)


def plain(value: Any) -> str:
    """A text that a model wrote, on one line; nothing where it wrote no text, or half a character."""
    return " ".join(value.encode("utf-8", "ignore").decode().split()) if isinstance(value, str) else ""


def _read(value: Any, author: str) -> tuple[Proposal, ...]:
    listed = value.get("scenarios") if isinstance(value, dict) else None
    if not isinstance(listed, list):
        raise UnreadableError("has no list `scenarios`")
    texts = [{text: plain(entry.get(text)) for text in TEXTS} for entry in listed if isinstance(entry, dict)]
    severities = [_severity(entry.get("severity")) for entry in listed if isinstance(entry, dict)]
    found = tuple(
        Proposal.model_validate({"author": author, **said, "severity": severity})
        for said, severity in zip(texts, severities, strict=True)
        if _is_usable(said)
    )
    if not found:
        refusal = next((text for said in texts for text in said.values() if is_refusal(text)), "")
        raise UnreadableError("holds no scenario with a name and a definition", refusal)
    return found


def _is_usable(said: dict[str, str]) -> bool:
    """Whether there are a name and a definition, neither a refusal nor endless."""
    name, definition = said["name"], said["definition"]
    fits = 0 < len(name) <= LONGEST_NAME and definition and all(len(text) <= LONGEST for text in said.values())
    return bool(fits) and not is_refusal(name) and not is_refusal(definition)


def _severity(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9 else None
