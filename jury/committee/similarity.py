"""When one request repeats another: by its words exactly, or by most of its character 5-grams."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

#: Length of the character n-grams that are compared.
GRAM = 5

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def normalised(text: str) -> str:
    """The words alone: NFKC, case folded, without invisible characters, anything between words one space."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return _BETWEEN_WORDS.sub(" ", visible.casefold()).strip()


@lru_cache(maxsize=50_000)
def shingles(text: str, n: int = GRAM) -> frozenset[str]:
    """The character n-grams of the normalised text; a shorter text is its own only one."""
    words = normalised(text)
    return frozenset(words[start : start + n] for start in range(max(1, len(words) - n + 1)))


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of what either holds that both hold, 0 to 1; two empty sets are the same."""
    return len(a & b) / len(a | b) if a or b else 1.0


class Seen:
    """Texts by name, in which a repetition is looked up; only texts that share an n-gram are compared."""

    def __init__(self, similarity: float) -> None:
        self._similarity = similarity
        self._grams: list[tuple[str, frozenset[str]]] = []
        self._by_gram: dict[str, list[int]] = {}

    def add(self, name: str, text: str) -> None:
        """Note a text under a name."""
        grams = shingles(text)
        for gram in grams:
            self._by_gram.setdefault(gram, []).append(len(self._grams))
        self._grams.append((name, grams))

    def like(self, text: str) -> str | None:
        """The name of the first text with at least the similarity to this one, None if there is none."""
        grams = shingles(text)
        shared = Counter(place for gram in grams for place in self._by_gram.get(gram, ()))
        for place in sorted(shared):
            name, other = self._grams[place]
            if shared[place] / (len(grams) + len(other) - shared[place]) >= self._similarity:
                return name
        return None
