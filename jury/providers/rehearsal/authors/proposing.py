"""Proposing: kinds of risk in an author's own words."""

import json
from math import ceil

from jury.providers.rehearsal.authors.asked import Asked
from jury.providers.rehearsal.authors.character import MANNERS, Author
from jury.providers.rehearsal.authors.kinds import Kind, kinds
from jury.providers.rehearsal.authors.writing import dressed_up
from jury.providers.rehearsal.reading import Language

#: How an author of each manner goes through the kinds: every one, every third, every fourth.
_STEPS = dict(zip(MANNERS, (1, 3, 4), strict=True))

#: How each manner puts a definition and an outline, around what a kind is and what is asked.
_DEFINED: dict[Language, dict[str, str]] = {
    "en": {"plain": "{What}.", "formal": "Requests that concern {what}.", "curious": "Whatever has to do with {what}."},
    "zh": {"plain": "{what}。", "formal": "涉及{what}的请求。", "curious": "凡是跟{what}有关的。"},
}
_OUTLINED: dict[Language, dict[str, str]] = {
    "en": {"plain": "Asks {asks}.", "formal": "The user enquires {asks}.", "curious": "Somebody just asks {asks}."},
    "zh": {"plain": "询问{asks}。", "formal": "用户请教{asks}。", "curious": "有人随口问{asks}。"},
}


def propose(author: Author, asked: Asked) -> str:
    """As many kinds as are asked for and known. One that repeats itself proposes half as many, and those twice."""
    count, known = asked.number("COUNT"), kinds(asked.language)
    fresh = ceil(count / 2) if author.repeating else min(count, len(known))
    chosen = [known[(place * _STEPS[author.manner] + asked.seed) % len(known)] for place in range(fresh)]
    proposals = [_proposal(author, kind, asked.language) for kind in chosen]
    if author.repeating:
        proposals += [again | {"name": dressed_up(str(again["name"]), 1)} for again in proposals[: count - fresh]]
    return json.dumps({"scenarios": proposals}, ensure_ascii=False)


def definition(kind: Kind, manner: str, language: Language) -> str:
    """What a kind is, as an author of a manner puts it."""
    return _DEFINED[language][manner].format(what=kind.what, What=kind.what[:1].upper() + kind.what[1:])


def outline(kind: Kind, manner: str, language: Language) -> str:
    """What a request of a kind looks like, as an author of a manner puts it."""
    return _OUTLINED[language][manner].format(asks=kind.asks)


def _proposal(author: Author, kind: Kind, language: Language) -> dict[str, object]:
    return {
        "name": kind.name(author.manner),
        "definition": definition(kind, author.manner, language),
        "why": kind.why,
        "severity": kind.severity,
        "outline": outline(kind, author.manner, language),
    }
