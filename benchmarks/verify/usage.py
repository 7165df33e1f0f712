"""What calls cost, added up again."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

Usage = dict[str, Any]

_TOKENS = ("input_tokens", "output_tokens")
_UNTOLD = "calls_without_usage"


def of_call(completion: Mapping[str, Any]) -> Usage:
    """The cost of a single call."""
    told = {name: completion.get(name, 0) for name in _TOKENS}
    return {
        "calls": 1,
        **{name: tokens or 0 for name, tokens in told.items()},
        "cost": completion.get("cost", 0.0),
        "seconds": completion.get("seconds", 0.0),
        _UNTOLD: int(None in told.values()),
    }


def one_by_one(usages: Iterable[Usage]) -> Usage:
    """Everything adds up; a cost that is unknown makes the whole unknown; calls without usage are there if there are any."""
    total: Usage = {"calls": 0, **dict.fromkeys(_TOKENS, 0), "cost": Fraction(), "seconds": Fraction(), _UNTOLD: 0}
    for usage in usages:
        for name in ("calls", *_TOKENS):
            total[name] += usage[name]
        total[_UNTOLD] += usage.get(_UNTOLD, 0)
        total["seconds"] += Fraction(usage["seconds"])
        unknown = total["cost"] is None or usage["cost"] is None
        total["cost"] = None if unknown else total["cost"] + Fraction(usage["cost"])
    if not total[_UNTOLD]:
        del total[_UNTOLD]
    return {
        **total,
        "cost": None if total["cost"] is None else float(total["cost"]),
        "seconds": float(total["seconds"]),
    }


def side_by_side(usages: Iterable[Usage]) -> Usage:
    """Calls at one time: the longest gives the seconds."""
    listed = list(usages)
    return {**one_by_one(listed), "seconds": max((usage["seconds"] for usage in listed), default=0.0)}
