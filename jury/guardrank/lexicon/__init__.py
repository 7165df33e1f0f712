"""Phrases that signal refusal, warning, encouragement and the like, by language; one YAML file a language."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from jury.guardrank.words import words_of
from jury.yaml_files import read_yaml

_FOLDER = Path(__file__).parent

#: No phrase has a longer word; a text may have one, and its length must cost nothing.
_LONGEST_WORD = 40


@dataclass
class Phrases:
    """The phrases that begin alike: what they signal where they end here, and how they go on, by the next word."""

    signals: list[str] = field(default_factory=list)
    following: "dict[str, Phrases]" = field(default_factory=lambda: defaultdict(Phrases))


@dataclass(frozen=True)
class Lexicon:
    """The phrases of all languages together, by their first word or its stem: what is not of a language just doesn't
    occur in its texts.
    """

    signals: tuple[str, ...]
    exact: Mapping[str, Phrases]
    stems: Mapping[str, Phrases]

    def starting(self, word: str) -> tuple[Phrases, ...]:
        """The phrases that a word may begin."""
        stems = (self.stems.get(word[:length]) for length in range(1, len(word) + 1))
        return tuple(phrases for phrases in (self.exact.get(word), *stems) if phrases is not None)


def hits(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Each signal that some words give, and the place of the word where it begins; one word may begin several."""
    for place, beginning in enumerate(map(_starting, words)):
        for phrases in beginning:
            for signal in _heard(phrases, words, place + 1):
                yield signal, place


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    exact: dict[str, Phrases] = defaultdict(Phrases)
    stems: dict[str, Phrases] = defaultdict(Phrases)
    signals: dict[str, None] = {}
    for path in sorted(_FOLDER.glob("*.yaml")):
        for signal, phrases in read_yaml(path).items():
            signals[signal] = None
            for first, *rest in (phrase for written in phrases for phrase in _spelled_out(str(written))):
                node = stems[first[:-1]] if first.endswith("*") else exact[first]
                for word in rest:
                    node = node.following[word]
                node.signals.append(signal)
    return Lexicon(tuple(signals), dict(exact), dict(stems))


@lru_cache(maxsize=1 << 16)
def _starting(word: str) -> tuple[Phrases, ...]:
    return lexicon().starting(word[:_LONGEST_WORD])


def _heard(phrases: Phrases, words: Sequence[str], place: int) -> Iterator[str]:
    """The signals of phrases that begin as these do and go on with the words from a place."""
    found: Phrases | None = phrases
    while found is not None:
        yield from found.signals
        found = found.following.get(words[place]) if place < len(words) else None
        place += 1


def _spelled_out(written: str) -> Iterator[tuple[str, ...]]:
    """Every phrase that a line stands for."""
    if written.isascii():
        yield from product(*(slot.split("/") for slot in written.split()))
    else:
        yield tuple(words_of(written))
