"""Runs beside each other: those of one suite together, the better ones first, by the suite's own headline."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from benchmarks.metrics.headlines import Headline


class Headed(Protocol):
    """A run with the figures that head it; `suite` is the suite that its cases belong to, or else their source."""

    @property
    def suite(self) -> str:
        """The suite or the source."""

    @property
    def rubric(self) -> str:
        """The name of the rubric."""

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """The headlines, the one that ranks first."""


T = TypeVar("T", bound=Headed)


def group_by_suite(runs: Iterable[T]) -> list[list[T]]:
    """The runs by suite and rubric; runs of which different things are headlines stand apart, too."""
    groups: dict[tuple[str, ...], list[T]] = {}
    for one in runs:
        groups.setdefault((one.suite, one.rubric, *(head.label for head in one.headlines[:1])), []).append(one)
    return list(groups.values())


def title_of(group: Sequence[Headed]) -> str:
    """What a group is called: its suite and its rubric."""
    return " · rubric ".join(filter(None, (group[0].suite, group[0].rubric)))


def ranking_in(group: Sequence[Headed]) -> Headline | None:
    """The headline that a group is ordered by, as its first run has it: the first that every run has a value of, else the first."""
    heads = group[0].headlines
    everywhere = (one for one in heads if all(value_of(run, one.name) is not None for run in group))
    return next(everywhere, next(iter(heads), None))


def order_runs(group: Sequence[T]) -> list[T]:
    """The runs of a group from the better end; those without the figure last. As they stand where nothing says which end is better."""
    by = ranking_in(group)
    if by is None or by.direction is None:
        return list(group)
    sign = -1 if by.direction == "higher" else 1

    def place(run: T) -> tuple[bool, float]:
        value = value_of(run, by.name)
        return (True, 0.0) if value is None else (False, sign * value)

    return sorted(group, key=place)


def value_of(run: Headed, name: str) -> float | None:
    """The value of one of a run's headlines, None where it has none."""
    return next((one.value for one in run.headlines if one.name == name), None)
