"""Draws that are the same on every replay: by hash, never by chance."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def picked(options: Sequence[T], key: str, purpose: str) -> T:
    """One of the options, the same one whenever the key and the purpose are the same."""
    return options[lot(key, purpose) % len(options)]


def lot(key: str, purpose: str) -> int:
    """A number of 32 bits that a key draws for a purpose."""
    return int.from_bytes(hashlib.sha256(f"{key}\0{purpose}".encode()).digest()[:4])
