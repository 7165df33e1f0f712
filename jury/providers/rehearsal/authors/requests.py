"""Requests by number: the wishes of a scenario, each put in all the ways an author has of putting it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

from jury.providers.rehearsal.authors.character import MANNERS, Manner
from jury.providers.rehearsal.authors.data import content_of
from jury.providers.rehearsal.authors.walk import place_of
from jury.providers.rehearsal.reading import Language

#: The files that wishes are in; a scenario that neither knows is taken for `ANYTHING`.
SHELVES = ("wishes.safebench", "wishes.mllmguard")
ANYTHING = "anything"

#: What a wish can be: something done, written or said, or a bare request of the kind that is never described.
KINDS = ("do", "make", "say", "bare")

_ALTERNATIVES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Voice:
    """How an author puts its wishes."""

    manner: Manner
    language: Language
    technique: str = "plain"


def requests(voice: Voice, scenario: str) -> int:
    """How many different requests an author knows for a scenario."""
    wishes = _wishes(voice.language, scenario)
    return len(wishes) * min(len(_ways(voice, scenario, kind)) for kind, _ in wishes)


def request(voice: Voice, scenario: str, number: int) -> str:
    """The request of a number; numbers that differ by less than `requests` give different ones."""
    wishes = _wishes(voice.language, scenario)
    way, place = divmod(place_of(number, requests(voice, scenario)), len(wishes))
    kind, ask = wishes[place]
    form, why = _ways(voice, scenario, kind)[way]
    deed = content_of(f"forms.{voice.language}")["deeds"].get(kind, "{ask}").format(ask=ask)
    return form.format(ask=ask, why=why, Why=why[:1].upper() + why[1:], deed=deed)


@lru_cache(maxsize=256)
def _wishes(language: Language, scenario: str) -> tuple[tuple[str, str], ...]:
    """Every wish of a scenario with its kind, alternatives written out."""
    entry = _entry(language, scenario)
    return tuple((kind, wish) for kind in KINDS for line in entry.get(kind, ()) for wish in _written_out(line))


@lru_cache(maxsize=1024)
def _ways(voice: Voice, scenario: str, kind: str) -> tuple[tuple[str, str], ...]:
    """Every form for a kind of wish, with each of the scenario's reasons if it gives one."""
    reasons = _entry(voice.language, scenario)["why"]
    return tuple((form, why) for form in _forms(voice, kind) for why in (reasons if "hy}" in form else ("",)))


def _forms(voice: Voice, kind: str) -> list[str]:
    grammar = content_of(f"forms.{voice.language}")
    if kind == "bare":
        forms: list[str] = grammar["bare"][voice.manner]
    elif voice.technique in grammar["techniques"]:
        forms = grammar["techniques"][voice.technique][MANNERS.index(voice.manner) :: len(MANNERS)]
    else:
        forms = grammar["manners"][voice.manner][kind]
    return forms


def _entry(language: Language, scenario: str) -> dict[str, Any]:
    shelves = [content_of(f"{shelf}.{language}") for shelf in SHELVES]
    entry: dict[str, Any] = next((shelf[scenario] for shelf in shelves if scenario in shelf), shelves[-1][ANYTHING])
    return entry


def _written_out(line: str) -> list[str]:
    """The line with one of each pair of alternatives, in every combination."""
    pieces = _ALTERNATIVES.split(line)
    return ["".join(chosen) for chosen in product(*(piece.split("|") for piece in pieces))]
