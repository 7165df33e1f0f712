"""Naming: the title of a kept group, and its place under a category."""

import hashlib
import json

from jury.providers.rehearsal.authors.asked import Asked
from jury.providers.rehearsal.authors.character import MANNERS, Author
from jury.providers.rehearsal.authors.data import content_of
from jury.providers.rehearsal.authors.kinds import Kind, recognised
from jury.providers.rehearsal.authors.proposing import definition, outline
from jury.providers.rehearsal.reading import Language

#: Where a kind goes that no author knows.
OTHER = "other"


def name(_author: Author, asked: Asked) -> str:
    """The title of a kind by its plainest name; a group of no known kind keeps the words of its first proposal."""
    first, _, about = "\n".join(asked.fenced("PROPOSAL")).partition("\n")
    kind = recognised(first, about, asked.language)
    title = _title(kind, asked.language) if kind else _as_proposed(first, about, asked.language)
    return json.dumps(title, ensure_ascii=False)


def _title(kind: Kind, language: Language) -> dict[str, str]:
    return {
        "key": kind.key,
        "name": kind.names[0],
        "definition": definition(kind, MANNERS[0], language),
        "why": kind.why,
        "outline": outline(kind, MANNERS[0], language),
        "category": kind.category,
        "category_name": kind.category_name,
    }


def _as_proposed(first: str, about: str, language: Language) -> dict[str, str]:
    """Nothing is added to words that nobody here understands."""
    lines = [*about.split("\n"), "", ""]
    latin = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in first.lower()).strip("_")
    return {
        "key": latin or f"kind_{hashlib.sha256(first.encode()).hexdigest()[:8]}",
        "name": first,
        "definition": lines[0] or first,
        "why": "",
        "outline": "",
        "category": OTHER,
        "category_name": content_of("kinds")["categories"][OTHER]["name"][language],
    }
