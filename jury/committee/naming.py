"""Naming: a kept group gets a key, its texts and a place under a category."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from jury.committee.proposing import LONGEST, LONGEST_NAME, Proposal, plain
from jury.committee.scribe import Scribe
from jury.exhibits import Fence
from jury.gateway.answers.form import Form, UnreadableError, is_refusal
from jury.hashing import sha256_of_json
from jury.panel import Seat
from jury.records import Record, Request
from jury.records.case import NonEmpty
from jury.records.taxonomy import Key

FIELDS = ("key", "name", "definition", "why", "outline", "category", "category_name")

#: Keys have at most 60 characters; some are left for a number that tells two apart.
LONGEST_KEY = 50

_BETWEEN = re.compile(r"[^a-z0-9]+")


class Title(Record):
    """What a kept group is called, and under which category it stands."""

    key: Key
    name: NonEmpty
    definition: NonEmpty
    why: str = ""
    outline: str = ""
    category: Key
    category_name: NonEmpty


def title_form() -> Form[Title]:
    """The form of a title."""
    schema = {
        "type": "object",
        "properties": {field: {"type": "string"} for field in FIELDS},
        "required": list(FIELDS),
        "additionalProperties": False,
    }
    return Form(name="title", schema=schema, read=_read)


def naming_request(
    scribe: Scribe, seat: Seat, proposals: tuple[Proposal, ...], categories: Collection[str], language: str
) -> Request:
    """The question for the title of a group, told the keys of the categories there are."""
    words = tuple(dict.fromkeys(proposal.words for proposal in proposals))

    def values(fence: Fence) -> Mapping[str, Any]:
        return {"proposals": [fence.around("PROPOSAL", text) for text in words], "categories": list(categories)}

    speech = scribe.speech("name", seat, language, values, hostile=words, place=words)
    return Request.by(seat.juror, speech.messages, sample=seat.sample)


def own_title(proposals: tuple[Proposal, ...], category: str, category_name: str) -> Title:
    """The title of a group that nobody would name: its first proposal's own words."""
    first = proposals[0]
    key = key_of(first.name) or f"scenario_{sha256_of_json(first.name)[:8]}"
    texts = {field: getattr(first, field) for field in ("name", "definition", "why", "outline")}
    return Title.model_validate({"key": key, **texts, "category": category, "category_name": category_name})


def key_of(text: str) -> str:
    """A text as a key: small Latin letters, digits, underscores; empty where nothing is left."""
    latin = unicodedata.normalize("NFKD", text).casefold()
    unaccented = "".join(character for character in latin if not unicodedata.combining(character))
    return _BETWEEN.sub("_", unaccented).strip("_")[:LONGEST_KEY].strip("_")


def free_key(key: str, taken: Collection[str]) -> str:
    """The key, or the first of `key_2`, `key_3` … that is not taken."""
    free, number = key, 2
    while free in taken:
        free, number = f"{key}_{number}", number + 1
    return free


def _read(value: Any) -> Title:
    if not isinstance(value, dict):
        raise UnreadableError("is not a JSON object")
    said = {field: plain(value.get(field)) for field in FIELDS}
    keys = {"key": key_of(said["key"] or said["name"]), "category": key_of(said["category"] or said["category_name"])}
    lacking = [field for field in ("name", "definition", "category_name") if not said[field]]
    lacking += [field for field, key in keys.items() if not key]
    if lacking:
        raise UnreadableError(f"has no `{lacking[0]}`")
    if is_refusal(said["name"]) or is_refusal(said["definition"]):
        raise UnreadableError("is a refusal", next(text for text in said.values() if is_refusal(text)))
    if len(said["name"]) > LONGEST_NAME or any(len(text) > LONGEST for text in said.values()):
        raise UnreadableError("is too long; a name is a few words, the rest a sentence each")
    return Title.model_validate({**said, **keys})
