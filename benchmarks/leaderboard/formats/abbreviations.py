"""Short names of categories, for tables that have no room for long ones."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import count

from benchmarks.suites.reading import slug
from jury.taxonomies import load_taxonomy

#: Taxonomies that ship and have codes of their own for their categories.
_TAXONOMIES = ("safebench",)

#: The longest abbreviation, in characters.
_LONGEST = 5


def abbreviations(categories: Iterable[str]) -> Mapping[str, str]:
    """An abbreviation for each category, no two alike: its code in a taxonomy that ships, else made of its words."""
    found: dict[str, str] = {}
    for name in dict.fromkeys(name for name in categories if name):
        found[name] = next(short for short in _tries(name) if short not in found.values())
    return found


def _tries(name: str) -> Iterator[str]:
    if code := _codes().get(slug(name)):
        yield code
    words = re.findall(r"[^\W_]+", name) or ["C"]
    initials = "".join(word[0] for word in words).upper()[:_LONGEST]
    if len(words) > 1:
        yield initials
    yield words[0][:_LONGEST].capitalize()
    for number in count(2):
        yield f"{initials[:2]}{number}"


@cache
def _codes() -> Mapping[str, str]:
    categories = (category for name in _TAXONOMIES for category in load_taxonomy(name).categories)
    return {slug(category.name["en"]): category.code for category in categories if category.code}
