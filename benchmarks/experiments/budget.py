"""What is left of an experiment's budget for the next arm."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.settings import RunSettings


def within(settings: RunSettings, spent: Sequence[Mapping[str, Any]]) -> RunSettings:
    """An arm's settings with the limits that the usages of the arms before it leave.

    Where nothing is left, the least limit a run can have: an arm that is finished already needs no call.
    """
    calls = sum(usage["calls"] for usage in spent)
    tokens = sum(usage["input_tokens"] + usage["output_tokens"] for usage in spent)
    cost = sum(usage["cost"] or 0.0 for usage in spent)
    return settings.but(
        max_calls=None if settings.max_calls is None else max(1, settings.max_calls - calls),
        max_tokens=None if settings.max_tokens is None else max(1, settings.max_tokens - tokens),
        max_cost=None if settings.max_cost is None else max(0.0, settings.max_cost - cost),
    )
