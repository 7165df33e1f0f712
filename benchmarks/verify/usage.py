"""What calls cost, added up again."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

Usage = dict[str, Any]


def of_call(completion: Mapping[str, Any]) -> Usage:
    """The cost of a single call."""
    return {
        "calls": 1,
        "input_tokens": completion.get("input_tokens", 0),
        "output_tokens": completion.get("output_tokens", 0),
        "cost": completion.get("cost", 0.0),
        "seconds": completion.get("seconds", 0.0),
    }


def one_by_one(usages: Iterable[Usage]) -> Usage:
    """Everything adds up; a cost that is unknown makes the whole unknown."""
    total: Usage = {"calls": 0, "input_tokens": 0, "output_tokens": 0, "cost": Fraction(), "seconds": Fraction()}
    for usage in usages:
        for name in ("calls", "input_tokens", "output_tokens"):
            total[name] += usage[name]
        total["seconds"] += Fraction(usage["seconds"])
        unknown = total["cost"] is None or usage["cost"] is None
        total["cost"] = None if unknown else total["cost"] + Fraction(usage["cost"])
    return {
        **total,
        "cost": None if total["cost"] is None else float(total["cost"]),
        "seconds": float(total["seconds"]),
    }


def side_by_side(usages: Iterable[Usage]) -> Usage:
    """Calls at one time: the longest gives the seconds."""
    listed = list(usages)
    return {**one_by_one(listed), "seconds": max((usage["seconds"] for usage in listed), default=0.0)}
