"""What an experiment is made of: arms, each an ordinary run, and which of them are held against each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from benchmarks.settings import RunSettings


@dataclass(frozen=True)
class Arm:
    """One run of an experiment.

    `said` stands in a sentence ("with SAID instead of …"). `place` is where it stands on the axis of its `series`, None
    where there is none. An `optional` arm is left out, with a note, where the source has not what it is to show.
    """

    name: str
    settings: RunSettings
    said: str = ""
    place: float | None = None
    series: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Axis:
    """What the places of a series measure; `log` where equal factors are equal steps."""

    title: str
    log: bool = False


@dataclass(frozen=True)
class Split:
    """What the cases of one run are told apart by; the group named `first`, if there is one, is the baseline."""

    sort: Literal["language", "technique"]
    first: str


@dataclass(frozen=True)
class Design:
    """An experiment's arms in order, the baseline first.

    Every further arm is compared with the baseline, and the pairs of names in `also` with each other, second minus first.
    With a `split`, the only arm's cases are broken down and the groups compared. `axes` are those of the series, by name;
    a `committee` grades the requests of every arm's source, at most `graded` of each.
    """

    arms: tuple[Arm, ...]
    axes: Mapping[str, Axis] = field(default_factory=dict)
    also: tuple[tuple[str, str], ...] = ()
    split: Split | None = None
    committee: str | None = None
    graded: int = 100
    notes: tuple[str, ...] = ()
