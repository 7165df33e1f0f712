"""The cases of an attack: each as it is, and a twin for every attack and language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.attack.lure import Lure
from benchmarks.attack.registry import ATTACKS, NotApplicableError
from jury.records import Case

#: What parts a twin's id from its case's.
MARK = "~"


@dataclass(frozen=True)
class Trap:
    """One attack in one language."""

    kind: str
    language: str

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"


@dataclass(frozen=True)
class Twins:
    """Cases with their twins. `ids` leads from a trap and a case to the twin; `refused` says where there is none, and why."""

    cases: tuple[Case, ...]
    ids: dict[Trap, dict[str, str]]
    refused: dict[Trap, dict[str, str]]


def twins_of(cases: Sequence[Case], kinds: Iterable[str], lures: Sequence[Lure]) -> Twins:
    """Every case, followed by its twins in the order of `kinds` and of the languages of `lures`.

    A twin has its case's group, so that statistics know they hang together, and nobody's labels.
    """
    traps = [(Trap(kind, lure.language), lure) for kind in kinds for lure in lures]
    ids: dict[Trap, dict[str, str]] = {trap: {} for trap, _ in traps}
    refused: dict[Trap, dict[str, str]] = {trap: {} for trap, _ in traps}
    found: list[Case] = []
    for case in cases:
        found.append(case.but(group=case.group or case.id))
        for trap, lure in traps:
            try:
                twin = _twin(case, trap, lure)
            except NotApplicableError as error:
                refused[trap][case.id] = str(error)
            else:
                ids[trap][case.id] = twin.id
                found.append(twin)
    return Twins(tuple(found), ids, refused)


def _twin(case: Case, trap: Trap, lure: Lure) -> Case:
    made = ATTACKS.get(trap.kind).twin(case, lure)
    return made.but(
        id=f"{case.id}{MARK}{trap.kind}{MARK}{trap.language}",
        group=case.group or case.id,
        gold=(),
        metadata={**case.metadata, "attack": str(trap)},
    )
