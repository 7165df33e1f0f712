"""Confidences beside whether they were right: what calibration is measured on and fitted to."""

from collections.abc import Sequence

#: A confidence, 0 to 1, and whether the ballot was right.
Pair = tuple[float, bool]


def sorted_pairs(confidences: Sequence[float], right: Sequence[bool]) -> list[Pair]:
    """Both side by side in ascending order, so that the order of items changes no digit.

    Raises `ValueError` if they differ in length or a confidence is not from 0 to 1.
    """
    pairs = sorted((float(confidence), bool(hit)) for confidence, hit in zip(confidences, right, strict=True))
    outside = [confidence for confidence, _ in pairs if not 0 <= confidence <= 1]
    if outside:
        raise ValueError(f"a confidence is from 0 to 1, not {outside[0]}")
    return pairs


def smoothed_targets(right: int, wrong: int) -> tuple[float, float]:
    """What a wrong and a right ballot are fitted to instead of 0 and 1: 1 / (wrong + 2) and (right + 1) / (right + 2).

    Platt 1999, "Probabilistic outputs for support vector machines", section 2.2. So no fit, not even to items of one
    class, is ever certain.
    """
    return 1 / (wrong + 2), (right + 1) / (right + 2)
