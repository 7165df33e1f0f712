"""What becomes of groups once members have voted to merge some: chains are followed to their end, cycles are one kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

MERGE = "merge_"

#: Why a group is no scenario: the members voted so, or came to no decision.
Refusal = Literal["", "rejected", "undecided"]


@dataclass(frozen=True)
class Fate:
    """The group that one goes into (itself, where it stands alone), and why that is not kept; empty if it is."""

    into: int
    reason: Refusal = ""


def merged_into(choice: str | None) -> int | None:
    """The number of the group that a choice such as `merge_3` names, None where it names none."""
    return int(choice.removeprefix(MERGE)) if choice is not None and choice.startswith(MERGE) else None


def fates(decisions: Mapping[int, str | None]) -> dict[int, Fate]:
    """What becomes of every group, by number, given what was decided on each; None: nothing was.

    A group that is merged shares the fate of the one at the end of the chain. Groups that are merged in a circle are
    one kind that nobody rejected: the lowest number stands for them.
    """
    return {number: _fate(number, decisions) for number in decisions}


def _fate(number: int, decisions: Mapping[int, str | None]) -> Fate:
    chain = [number]
    while (target := merged_into(decisions[chain[-1]])) is not None:
        if target in chain:
            return Fate(min(chain[chain.index(target) :]))
        chain.append(target)
    end = decisions[chain[-1]]
    return Fate(chain[-1], "" if end == "keep" else "rejected" if end == "reject" else "undecided")
