"""A walk through numbered things that comes by each once before it starts again, in long strides."""

from math import gcd

#: The golden ratio: strides of this share of the whole spread what is visited first.
_SHARE = 0.618


def place_of(number: int, total: int) -> int:
    """Where the walk through `total` places is after so many steps; numbers that differ by less than that differ in place."""
    return number * _stride(total) % total


def _stride(total: int) -> int:
    step = max(1, round(total * _SHARE))
    while gcd(step, total) != 1:
        step += 1
    return step
