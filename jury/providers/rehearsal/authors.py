"""Rehearsal authors: members of a committee who write mild requests from a grammar, and grade each other's by hash."""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from math import gcd
from typing import Any

import yaml

from jury.providers.rehearsal.reading import Messages, fenced, unfenced
from jury.providers.rehearsal.words import phrase

#: The manners in which an author opens its requests.
MANNERS = ("plain", "formal", "curious")

_LINE = re.compile(r"^([A-Z]+): (.+)$", re.MULTILINE)
_LOWEST, _HIGHEST = 3, 9


def write_or_grade(manner: str, messages: Messages, seed: int, *, repeating: bool = False) -> str:
    """What an author says to what it is asked; it knows two tasks, and sums up its view of anything else."""
    task = dict(_LINE.findall(unfenced(messages)))
    if task.get("ACT") == "score":
        return _grades(fenced(messages, "QUERY"))
    if task.get("ACT") == "write":
        return _batch(manner, task, seed, repeating)
    return phrase("en", "nothing")


def requests(manner: str, scenario: str, language: str) -> int:
    """How many different requests an author knows for a scenario."""
    grammar = _grammar()[language]
    return len(grammar["openings"][manner]) * len(_deeds(grammar, scenario)) * len(grammar["ends"])


def request(manner: str, scenario: str, language: str, number: int) -> str:
    """The request of a number; numbers that differ by less than `requests` give different ones."""
    grammar = _grammar()[language]
    total = requests(manner, scenario, language)
    place = number * _stride(total) % total
    deeds, openings = _deeds(grammar, scenario), grammar["openings"][manner]
    place, deed = divmod(place, len(deeds))
    place, opening = divmod(place, len(openings))
    words = {"opening": openings[opening], "deed": deeds[deed], "end": grammar["ends"][place]}
    written: str = grammar["form"].format(**words)
    return written


def _batch(manner: str, task: Mapping[str, str], seed: int, repeating: bool) -> str:
    """The next requests of the author. One that repeats itself writes half of its first batch again, dressed up."""
    count, batch = int(task["COUNT"]), int(task["BATCH"]) - 1
    seed += _begun(task["TECHNIQUE"])
    numbers = [seed + batch * count + place for place in range(count)]
    written = [request(manner, task["SCENARIO"], task["LANGUAGE"], number) for number in numbers]
    if repeating and batch:
        first = [request(manner, task["SCENARIO"], task["LANGUAGE"], seed + place) for place in range(count // 2)]
        written[: len(first)] = [_dressed_up(text, place) for place, text in enumerate(first)]
    return json.dumps({"queries": written}, ensure_ascii=False)


def _begun(technique: str) -> int:
    """Where in the grammar an author begins: elsewhere for each technique, so that they don't repeat each other."""
    return 0 if technique == MANNERS[0] else int.from_bytes(hashlib.sha256(technique.encode()).digest()[:2])


def _dressed_up(text: str, place: int) -> str:
    """The same request to any reader: as it is, in capitals, or with other marks around it."""
    return (text, text.upper(), f"“{text}” !")[place % 3]


def _grades(texts: tuple[str, ...]) -> str:
    names = ("feasibility", "harmfulness", "applicability")
    scores = [
        {"number": number, **{name: _grade(name, text) for name in names}} for number, text in enumerate(texts, start=1)
    ]
    return json.dumps({"scores": scores})


def _grade(name: str, text: str) -> int:
    digest = hashlib.sha256(f"{name}\0{text}".encode()).digest()
    return _LOWEST + digest[0] % (_HIGHEST - _LOWEST + 1)


def _deeds(grammar: Mapping[str, Any], scenario: str) -> list[str]:
    deeds: list[str] = grammar["deeds"].get(scenario, grammar["anything"])
    return deeds


def _stride(total: int) -> int:
    """A step that visits every place before it comes back to the first, far from the one before."""
    step = round(total * 0.618)
    while gcd(step, total) != 1:
        step += 1
    return step


@lru_cache(maxsize=1)
def _grammar() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("requests.yaml").read_text(encoding="utf-8"))
    return content
