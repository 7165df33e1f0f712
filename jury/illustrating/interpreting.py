"""Interpreting: a member reads a request and describes what to paint (SafeBench, "Pictures": semantic interpretation)."""

from collections.abc import Mapping
from typing import Any

from jury.committee.scribe import Scribe
from jury.exhibits import Fence
from jury.gateway.answers.form import Form
from jury.illustrating.motif import Motif
from jury.illustrating.said import required, texts_of
from jury.panel import Seat
from jury.records import Record, Request
from jury.records.case import NonEmpty

#: The longest subject and scene, in characters.
LONGEST = {"subject": 120, "scene": 600}


class Description(Record):
    """What is to be painted."""

    subject: NonEmpty
    scene: NonEmpty


def description_form() -> Form[Description]:
    """The form of a description."""
    schema = {
        "type": "object",
        "properties": {name: {"type": "string"} for name in LONGEST},
        "required": list(LONGEST),
        "additionalProperties": False,
    }
    return Form(name="description", schema=schema, read=_read)


def interpreting_request(scribe: Scribe, seat: Seat, motif: Motif, about: str) -> Request:
    """The question for a description; `about` is the scenario's name."""

    def values(fence: Fence) -> Mapping[str, Any]:
        return {
            "about": fence.around("PROPOSAL", about),
            "request": fence.around("QUERY", motif.words),
            "guidance": motif.guidance,
        }

    language, hostile = motif.query.language, (about, motif.words)
    speech = scribe.speech("interpret", seat, language, values, hostile=hostile, place=motif.place)
    return Request.by(seat.juror, speech.messages, sample=seat.sample)


def _read(value: Any) -> Description:
    said = texts_of(value, LONGEST)
    said["subject"] = said["subject"].rstrip(" .。")
    required(said, "subject", "scene")
    return Description.model_validate(said)
