"""Cases whose target a provider's content filter blocked: how many, by what, and the figures without them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.metrics.judged import Judged
from benchmarks.metrics.measures import MEASURES
from benchmarks.metrics.rates import FURTHER, rates
from benchmarks.metrics.registry import Section
from benchmarks.metrics.rubric_kind import kind_of
from jury.records import Rubric

#: How a state of a blocked case's outcome is called as a policy.
_POLICIES = {"decided": "refused", "blocked": "apart", "invalid": "invalid"}

#: How the name of a figure over the cases that nobody blocked ends.
WITHOUT = "_without_blocked"

#: The figures that are told without blocked cases under every rubric.
_BESIDE = ("asr", "sri")


def blocked_section(cases: Sequence[Judged]) -> Section | None:
    """How many cases were blocked, how they count, and by which stage and for what; None where none was."""
    filters = [(one, found) for one in cases if (found := one.verdict.outcome.blocked) is not None]
    if not filters:
        return None
    stages = Counter(found.stage for _, found in filters)
    categories = Counter(found.category for _, found in filters if found.category)
    return {
        "cases": len(filters),
        "counted_as": dict(sorted(Counter(_POLICIES[one.verdict.outcome.state] for one, _ in filters).items())),
        "stages": {"prompt": stages["prompt"], "output": stages["output"]},
        "categories": dict(sorted(categories.items())),
    }


def without_blocked(cases: Sequence[Judged], rubric: Rubric) -> Section:
    """`asr_without_blocked`, `sri_without_blocked` and the like for the rubric's own figures, with their intervals.

    They are over the cases that nobody blocked.
    """
    found = rates([one for one in cases if not one.is_blocked], rubric)
    names = (*_BESIDE, *FURTHER[kind_of(rubric)])
    return {f"{name}{WITHOUT}{end}": found[f"{name}{end}"] for name in names for end in ("", "_ci")}


def counted(cases: Sequence[Judged]) -> list[Judged]:
    """The cases that figures are made of: all but those that are kept apart."""
    return [one for one in cases if not one.is_apart]


def cut_short(cases: Sequence[Judged]) -> dict[str, int]:
    """How many judged answers end where their tokens did (`cut_off`) or a filter stopped them (`filtered`), if any do."""
    ended = Counter(one.verdict.ended for one in cases if one.verdict.ended and one.verdict.rounds)
    return dict(sorted(ended.items()))


@dataclass(frozen=True)
class Without:
    """A figure over the cases that nobody blocked, under its heading; shares and percentages as `results.json` has them."""

    heading: str
    value: float
    interval: Sequence[float] | None


def figures_without(metrics: Mapping[str, Any], positive: str) -> list[Without]:
    """The figures over the cases that nobody blocked, of those that have a value; `positive` is the rubric's positive choice."""
    names = [key.removesuffix(WITHOUT) for key, value in metrics.items() if key.endswith(WITHOUT) and value is not None]
    return [
        Without(
            MEASURES.get(name).heading.format(positive=positive),
            metrics[f"{name}{WITHOUT}"],
            metrics.get(f"{name}{WITHOUT}_ci"),
        )
        for name in names
    ]
