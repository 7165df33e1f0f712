"""Decision rules by name. A rule is one pure function from complete votes to a choice, or None."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from jury.errors import InputError
from jury.records import Rubric, Rule
from jury.registry import Registry

#: What a rule counts: choices, ratings, choices weighed by who makes them, the points of a ranking, or approvals.
Reads = Literal["choice", "rating", "weight", "ranking", "approval"]


@dataclass(frozen=True)
class RegisteredRule:
    """A rule's function, what it reads off a ballot, and whether it needs a rubric of two choices."""

    function: Callable[..., str | None]
    reads: Reads
    binary: bool

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The names of the rule's own arguments, in order."""
        return tuple(inspect.signature(self.function).parameters)[1:]

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The names of the arguments that have no default."""
        signature = inspect.signature(self.function).parameters
        return tuple(name for name in self.parameters if signature[name].default is inspect.Parameter.empty)


RULES: Registry[RegisteredRule] = Registry("rule")


def rule(
    name: str, *, reads: Reads = "choice", binary: bool = False
) -> Callable[[Callable[..., str | None]], Callable[..., str | None]]:
    """Register a decision rule.

    The function gets the `Votes` of a panel in which every seat is known, and its arguments by keyword.
    That seats may be unknown is not its concern: the framework asks it about every completion.
    """

    def register(function: Callable[..., str | None]) -> Callable[..., str | None]:
        RULES.add(name)(RegisteredRule(function, reads, binary))
        return function

    return register


def check_rule(rule: Rule, rubric: Rubric) -> RegisteredRule:
    """The registered rule, if it can be used with this rubric. Raises `InputError` that says why not."""
    registered = RULES.get(rule.name)
    strays = sorted(set(rule.args) - set(registered.parameters))
    if strays:
        known = ", ".join(registered.parameters) or "no arguments"
        raise InputError(f"rule {rule.name!r} has no argument {strays[0]!r}; it takes {known}")
    missing = [name for name in registered.required if name not in rule.args]
    if missing:
        raise InputError(f"rule {rule.name!r} needs its argument {missing[0]!r}, as in `{rule.name}:{missing[0]}=…`")
    if registered.reads == "rating" and rubric.rating is None:
        raise InputError(f"rule {rule.name!r} needs ratings, but rubric {rubric.name!r} has no rating scale")
    if registered.binary and len(rubric.choices) != 2:
        raise InputError(f"rule {rule.name!r} needs a rubric of two choices; {rubric.name!r} has {len(rubric.choices)}")
    return registered


def parse_rule(text: str) -> Rule:
    """The rule written as `name`, `name:0.75` or `name:q=0.75,other=1`. Raises `InputError`."""
    name, _, written = text.partition(":")
    parameters = RULES.get(name).parameters
    args: dict[str, float] = {}
    for position, item in enumerate(part for part in written.split(",") if part):
        key, equals, value = item.partition("=")
        if not equals:
            key, value = (parameters[position] if position < len(parameters) else "?"), item
        try:
            args[key.strip()] = float(value)
        except ValueError:
            raise InputError(f"rule {text!r}: {value!r} is not a number") from None
    return Rule(name=name, args=args)
