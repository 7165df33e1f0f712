"""A seeded sample of labelled items that holds every class in its share."""

from collections import defaultdict
from collections.abc import Sequence

from jury.crowd.sheets import Sheet
from jury.hashing import sha256_of_json


def stratified(sheets: Sequence[Sheet], size: int, seed: int) -> list[Sheet]:
    """So many of the labelled sheets, drawn by the hash of seed and item, each class in its share (largest remainders),
    with at least one of each as far as `size` goes; all of them where `size` is 0 or there are no more.
    """
    by_class: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        if sheet.gold is not None:
            by_class[sheet.gold].append(sheet)
    total = sum(map(len, by_class.values()))
    if not size or size >= total:
        return [sheet for members in by_class.values() for sheet in members]
    shares = _shares({label: len(members) for label, members in by_class.items()}, size)
    drawn = []
    for label, members in by_class.items():
        members.sort(key=lambda sheet: sha256_of_json([seed, sheet.item]))
        drawn += members[: shares[label]]
    return drawn


def _shares(sizes: dict[str, int], size: int) -> dict[str, int]:
    """How many to draw of each class. Classes are served by their size alone, never by their name."""
    total = sum(sizes.values())
    shares = {label: max(1, size * number // total) for label, number in sizes.items()}
    by_remainder = sorted(sizes, key=lambda label: (-(size * sizes[label] % total), -sizes[label]))
    while sum(shares.values()) < size:
        for label in by_remainder:
            if sum(shares.values()) < size and shares[label] < sizes[label]:
                shares[label] += 1
    while sum(shares.values()) > size and max(shares.values()) > 1:
        shares[max(shares, key=lambda label: shares[label])] -= 1
    return shares
