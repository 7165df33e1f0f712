"""Attacks by name: each is one function that makes a case's twin, found in a file of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.attack.lure import Lure
from jury.records import Case
from jury.registry import Registry

#: Makes the twin of a case; raises `NotApplicableError` where it can't.
Twin = Callable[[Case, Lure], Case]


class NotApplicableError(Exception):
    """Why an attack has no twin of a case, in a few words."""


@dataclass(frozen=True)
class Attack:
    """One way to steer a jury; its `summary` says what is tried."""

    name: str
    twin: Twin
    summary: str


#: Other distributions add theirs through the entry-point group `multimodal_jury.attack`.
ATTACKS: Registry[Attack] = Registry("attack")


def attack(name: str) -> Callable[[Twin], Twin]:
    """Register a function that makes twins; the first line of its docstring says what is tried."""

    def register(twin: Twin) -> Twin:
        ATTACKS.add(name)(Attack(name, twin, (twin.__doc__ or "").strip().partition("\n")[0]))
        return twin

    return register
