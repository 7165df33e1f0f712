"""Writing: the next requests of an author, in its manner; one that repeats itself is caught by nobody's eye but by a hash."""

import json

from jury.providers.rehearsal.authors.asked import Asked
from jury.providers.rehearsal.authors.character import Author
from jury.providers.rehearsal.authors.questions import is_asked_with_answers, question
from jury.providers.rehearsal.authors.requests import Voice, request
from jury.providers.rehearsal.picking import lot

PLAIN = "plain"
#: How far apart streams may begin.
_APART = 1 << 16


def write(author: Author, asked: Asked) -> str:
    """A batch. An author that repeats itself writes half of its first batch again, dressed up."""
    count, batch = asked.number("COUNT"), asked.number("BATCH") - 1
    written = [_written(author, asked, batch * count + place) for place in range(count)]
    if author.repeating and batch:
        again = [_written(author, asked, place) for place in range(count // 2)]
        written[: len(again)] = [dressed_up(text, place) for place, text in enumerate(again)]
    return json.dumps({"queries": written}, ensure_ascii=False)


def dressed_up(text: str, place: int) -> str:
    """The same to any reader: as it is, in capitals, or with other marks around it."""
    return (text, text.upper(), f"“{text}” !")[place % 3]


def _written(author: Author, asked: Asked, number: int) -> str:
    number = asked.seed + _begun(asked) + (number % author.knows if author.knows else number)
    technique, scenario = asked.particulars.get("TECHNIQUE", PLAIN), asked.particulars["SCENARIO"]
    if is_asked_with_answers(technique):
        return question(technique, author.manner, asked.language, number)
    return request(Voice(author.manner, asked.language, technique), scenario, number)


def _begun(asked: Asked) -> int:
    """Where an author begins: elsewhere for each technique and scenario, so that streams don't repeat each other."""
    technique = asked.particulars.get("TECHNIQUE", PLAIN)
    return 0 if technique == PLAIN else lot(technique, asked.particulars["SCENARIO"]) % _APART
