"""Noise for words: some neighbouring letters change places, as in hasty typing.

In English, and wherever words stand apart, two letters within a word change places; its first letter stays, unless no word of
the text has three letters. Chinese has no spaces, so there it is two neighbouring characters within a stretch of up to four;
readers of either language still understand the text. Digits, marks and spaces stay.
"""

import re
from math import ceil

from jury.hashing import sha256_of_json

#: The share of words, or of stretches of Chinese characters, that are changed; at least one is.
SHARE = 0.3

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_HAN}]{{2,4}}|[^\W\d_{_HAN}]{{2,}}")


def with_typos(text: str, seed: int, share: float = SHARE) -> str:
    """The text with two neighbouring letters exchanged in a share of its words, the same for the same seed.

    It always differs from the text: one without two neighbouring letters that differ has its last letter, or else its last
    sign, doubled. `share` runs from 0 to 1.
    """
    words = list(_WORD.finditer(text))
    places = [found for word in words if (found := _swappable(word, first=1))] or [
        found for word in words if (found := _swappable(word, first=0))
    ]
    if not places:
        return _doubled(text)
    ranked = sorted(range(len(places)), key=lambda word: _draw(seed, "word", word))
    letters = list(text)
    for word in ranked[: max(1, ceil(share * len(places)))]:
        here = min(places[word], key=lambda place: _draw(seed, "letter", place))
        letters[here], letters[here + 1] = letters[here + 1], letters[here]
    return "".join(letters)


def _swappable(word: re.Match[str], *, first: int) -> list[int]:
    """The places in the text where a letter of the word, from the first on that counts, differs from the next."""
    letters = word.group()
    pairs = [(place, letters[place : place + 2]) for place in range(first, len(letters) - 1)]
    return [
        word.start() + place for place, pair in pairs if pair.isalpha() and pair[0].casefold() != pair[1].casefold()
    ]


def _doubled(text: str) -> str:
    letters = [place for place, sign in enumerate(text) if sign.isalpha()] or [len(text) - 1]
    return text[: letters[-1] + 1] + text[letters[-1] :]


def _draw(seed: int, *place: str | int) -> str:
    """A number for a place that the seed decides, as hex digits. Hashes are the same in every Python; `random` need not be."""
    return sha256_of_json([str(seed), *place])
