"""Looking: a vision model says whether an image brings the request to mind, and what to change (SafeBench, "Pictures")."""

from collections.abc import Mapping
from typing import Any

from jury.clerk import senses_of
from jury.committee.scribe import Scribe
from jury.errors import InputError
from jury.exhibits import Fence
from jury.gateway.answers.form import Form, UnreadableError
from jury.gateway.call import Gateway
from jury.illustrating.motif import Motif
from jury.illustrating.said import required, texts_of
from jury.panel import Seat
from jury.records import ImagePart, MediaRef, Record, Request
from jury.records.case import NonEmpty

#: The longest account of an image, and the longest advice, in characters.
LONGEST = {"seen": 2_000, "advice": 600}


class Critique(Record):
    """What a critic says of an image."""

    seen: NonEmpty
    brings_to_mind: bool
    advice: str = ""


def critique_form() -> Form[Critique]:
    """The form of a critique."""
    text = {"type": "string"}
    properties = {"seen": text, "brings_to_mind": {"type": "boolean"}, "advice": text}
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return Form(name="critique", schema=schema, read=_read)


def looking_request(scribe: Scribe, seat: Seat, motif: Motif, prompt: str, image: MediaRef, number: int) -> Request:
    """The question for a critique of an image that was painted from `prompt` in round `number` (from 1)."""

    def values(fence: Fence) -> Mapping[str, Any]:
        return {
            "request": fence.around("QUERY", motif.words),
            "painted": fence.around("DESCRIPTION", prompt),
            "guidance": motif.guidance,
            "number": number,
        }

    speech = scribe.speech(
        "look",
        seat,
        motif.query.language,
        values,
        hostile=(motif.words, prompt),
        attached=(ImagePart(media=image),),
        place=(*motif.place, number),
    )
    return Request.by(seat.juror, speech.messages, sample=seat.sample)


def first_who_sees(seats: tuple[Seat, ...], gateway: Gateway) -> Seat | None:
    """The first of some seats whose model is known to take images, else the first that may; None if none does."""
    senses = senses_of(gateway.transport)
    told = [(seat, senses(seat.juror.model, seat.juror.api_base).sees) for seat in seats]
    surely = (seat for seat, sees in told if sees)
    return next(surely, next((seat for seat, sees in told if sees is None), None))


def require_sight(critic: Seat, gateway: Gateway) -> None:
    """Raises `InputError` for a critic whose model takes no images: it would judge what it was told in their place."""
    if first_who_sees((critic,), gateway) is None:
        raise InputError(
            f"critic {critic.juror.model} takes no images as far as is known; name another, "
            "or state in --models that it does"
        )


def _read(value: Any) -> Critique:
    said = texts_of(value, LONGEST)
    required(said, "seen")
    verdict = value.get("brings_to_mind")
    if not isinstance(verdict, bool):
        raise UnreadableError("has no `brings_to_mind` that is true or false")
    return Critique(**said, brings_to_mind=verdict)
