"""N-grams by their hash: no vocabulary to keep, the same columns for every model, and fast."""

from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Columns = NDArray[np.int64]

#: Odd numbers without a pattern in their bits, for mixing (Knuth's golden ratio, and a prime).
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_PRIME = np.uint64(0x100000001B3)


def word_grams(words: Sequence[str], longest: int) -> list[Hashes]:
    """The hashes of a text's word n-grams, by n from 1 to `longest`, in the order of their places."""
    return _grams(np.fromiter(map(_hash, words), dtype=np.uint64, count=len(words)), 1, longest)


def letter_grams(text: str, shortest: int, longest: int) -> list[Hashes]:
    """The hashes of a text's character n-grams, likewise."""
    letters = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    return _grams(letters.astype(np.uint64) * _GOLDEN, shortest, longest)


def columns_of(hashes: Hashes, bits: int) -> Columns:
    """The columns, 0 to 2**bits − 1, that hashes fall into."""
    return ((hashes * _GOLDEN) >> np.uint64(64 - bits)).astype(np.int64)


def _grams(ones: Hashes, shortest: int, longest: int) -> list[Hashes]:
    found, grams = [], ones
    for size in range(1, longest + 1):
        if size > 1:
            grams = (grams[:-1] * _PRIME + np.uint64(size)) ^ ones[size - 1 :] if len(ones) >= size else ones[:0]
        if size >= shortest:
            found.append(grams)
    return found


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    return crc32(word.encode(errors="replace"))
