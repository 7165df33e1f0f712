"""Things with arguments as people write them: `name`, `name:0.75` or `name:q=0.75,other=1`."""

import inspect
from collections.abc import Callable
from math import isfinite
from typing import Any

from jury.errors import InputError


def name_of(written: str) -> str:
    """The name before the colon."""
    return written.partition(":")[0]


def arguments(kind: str, written: str, function: Callable[..., Any], handed: int = 1) -> dict[str, float]:
    """The arguments written after a name, for a function whose own parameters follow those that it is `handed`.

    Raises `InputError` for an unknown argument, one that is missing, and what is no finite number.
    """
    name, _, rest = written.partition(":")
    known = list(inspect.signature(function).parameters.values())[handed:]
    args: dict[str, float] = {}
    for position, item in enumerate(part for part in rest.split(",") if part):
        key, equals, value = (part.strip() for part in item.partition("="))
        if not equals:
            key, value = (known[position].name if position < len(known) else item), item.strip()
        args[key] = _number(f"{kind} {name!r}", key, value)
    _check(f"{kind} {name!r}", name, args, known)
    return args


def _check(called: str, name: str, args: dict[str, float], known: list[inspect.Parameter]) -> None:
    for key in args:
        if key not in [one.name for one in known]:
            names = ", ".join(one.name for one in known) or "no arguments"
            raise InputError(f"{called} has no argument {key!r}; it takes {names}")
    for one in known:
        if one.default is inspect.Parameter.empty and one.name not in args:
            raise InputError(f"{called} needs its argument {one.name!r}, as in `{name}:{one.name}=…`")


def _number(called: str, key: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        raise InputError(f"{called}: {key}={value!r} is not a number") from None
    if not isfinite(number):
        raise InputError(f"{called}: {key}={value} is not a finite number")
    return number
