"""Isotonic calibration: the rising steps that fit labelled items best, whatever their shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from jury.reliability.confidences import Pair, smoothed_targets, sorted_pairs

#: Confidences from … to, ballots right among them, and all of them.
Block = tuple[float, float, int, int]


@dataclass(frozen=True)
class Isotonic:
    """From a confidence (0 to 1) to the probability of being right, never falling: straight between its knots, level
    beyond them. Without knots nothing is known and every confidence means .5.
    """

    confidences: tuple[float, ...] = ()
    probabilities: tuple[float, ...] = ()

    def __call__(self, confidence: float) -> float:
        """The probability that a ballot of this confidence is right."""
        if not self.confidences:
            return 0.5
        return float(np.interp(confidence, self.confidences, self.probabilities))


def fit_isotonic(confidences: Sequence[float], right: Sequence[bool]) -> Isotonic:
    """The isotonic regression of being right on confidence, by pooling adjacent violators (Ayer et al. 1955; Zadrozny &
    Elkan 2002 for calibration), fitted to Platt's smoothed targets: it never says 0 or 1, nor for items of one class.

    Raises `ValueError` for a confidence outside 0 to 1 or sequences of different length.
    """
    pairs = sorted_pairs(confidences, right)
    hits = sum(hit for _, hit in pairs)
    low, high = smoothed_targets(hits, len(pairs) - hits)
    knots: dict[float, float] = {}
    for first, last, won, count in _pooled(pairs):
        knots[first] = knots[last] = low + (high - low) * won / count
    return Isotonic(tuple(knots), tuple(knots.values()))


def _pooled(pairs: Sequence[Pair]) -> list[Block]:
    """Ascending blocks whose shares of right ballots rise. Shares are compared as fractions, so no rounding decides."""
    blocks: list[Block] = []
    for confidence, equals in groupby(pairs, key=lambda pair: pair[0]):
        hits = [hit for _, hit in equals]
        block = (confidence, confidence, sum(hits), len(hits))
        while blocks and not _rises(blocks[-1], block):
            block = _together(blocks.pop(), block)
        blocks.append(block)
    return blocks


def _rises(block: Block, following: Block) -> bool:
    return block[2] * following[3] < following[2] * block[3]


def _together(block: Block, following: Block) -> Block:
    return block[0], following[1], block[2] + following[2], block[3] + following[3]
