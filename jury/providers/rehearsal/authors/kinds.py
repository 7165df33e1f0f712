"""The kinds of risk that authors know, and how they recognise one by its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from jury.providers.rehearsal.authors.character import MANNERS, Manner
from jury.providers.rehearsal.authors.data import content_of
from jury.providers.rehearsal.reading import Language

#: How much more a word counts in a kind's name than in what is said about it.
_IN_NAME = 3


@dataclass(frozen=True)
class Kind:
    """A kind of risk in one language; `names` are by manner, in the manners' order. Authors reject a `vague` one."""

    key: str
    category: str
    category_name: str
    severity: int
    vague: bool
    names: tuple[str, ...]
    what: str
    asks: str
    why: str
    words: tuple[str, ...]

    def name(self, manner: Manner) -> str:
        """What authors of a manner call it."""
        return self.names[MANNERS.index(manner)]

    def standing(self, names: Iterable[str]) -> int:
        """How well it is called by one of the names: 0 is best, as many as there are names if by none of its own."""
        called = {name.casefold() for name in names}
        return next((place for place, name in enumerate(self.names) if name.casefold() in called), len(self.names))


@lru_cache(maxsize=2)
def kinds(language: Language) -> tuple[Kind, ...]:
    """Every kind, in one order."""
    known, words = content_of("kinds"), content_of(f"kinds.{language}")
    return tuple(
        Kind(
            key=key,
            category=stated["category"],
            category_name=known["categories"][stated["category"]]["name"][language],
            severity=stated["severity"],
            vague=stated.get("vague", False),
            names=tuple(words[key]["names"]),
            what=words[key]["what"],
            asks=words[key]["asks"],
            why=known["categories"][stated["category"]]["why"][language],
            words=tuple(words[key]["words"]),
        )
        for key, stated in known["kinds"].items()
    )


def recognised(name: str, about: str, language: Language) -> Kind | None:
    """The kind that most of its words speak for, None if none does."""
    name, about = name.casefold(), about.casefold()
    found = {kind: _hits(kind, name) * _IN_NAME + _hits(kind, about) for kind in kinds(language)}
    best = max(found, key=lambda kind: found[kind])
    return best if found[best] else None


def _hits(kind: Kind, text: str) -> int:
    return sum(word in text for word in kind.words)
