"""Adding up what calls cost. An unknown price or number of tokens stays unknown: it never counts as nothing."""

from collections.abc import Iterable
from math import fsum

from jury.records import Usage


def in_turn(usages: Iterable[Usage]) -> Usage:
    """Calls made one after another: everything adds up, time too."""
    listed = list(usages)
    costs = [usage.cost for usage in listed]
    known = [cost for cost in costs if cost is not None]
    return Usage(
        calls=sum(usage.calls for usage in listed),
        input_tokens=sum(usage.input_tokens for usage in listed),
        output_tokens=sum(usage.output_tokens for usage in listed),
        cost=fsum(known) if len(known) == len(costs) else None,
        seconds=fsum(usage.seconds for usage in listed),
        calls_without_usage=sum(usage.calls_without_usage for usage in listed),
    )


def at_once(usages: Iterable[Usage]) -> Usage:
    """Calls made at the same time: everything adds up, but time is that of the slowest."""
    listed = list(usages)
    return in_turn(listed).but(seconds=max((usage.seconds for usage in listed), default=0.0))
