"""How far people agree with each other, and the jury with them: pure functions over labels and decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from benchmarks.labels.label import Label
from jury.reliability.agreement import krippendorff_alpha
from jury.reliability.kappa import cohen_kappa
from jury.stats.means import estimate_mean

#: What an undecided jury counts as: a category of its own, which is never right.
UNDECIDED = "undecided"

#: What the jury is called beside people.
JURY = "the jury"


@dataclass(frozen=True)
class Pair:
    """Two who judged the same `n` cases: the share they agree on (0 to 1, with its 95 % interval), Cohen's kappa (−1 to 1).

    `blind` of the labels were given before the jury's verdict was seen.
    """

    first: str
    second: str
    n: int
    agreed: float
    interval: tuple[float, float] | None
    kappa: float | None
    blind: int


@dataclass(frozen=True)
class Agreement:
    """People among each other (`alpha`: Krippendorff's, nominal, over all of them), and each of them with the jury."""

    labels: int
    cases: int
    annotators: tuple[str, ...]
    alpha: float | None
    people: tuple[Pair, ...]
    jury: tuple[Pair, ...]


def agreement_of(labels: Sequence[Label], decided: Mapping[str, str | None]) -> Agreement:
    """The agreement of labels with each other and with what a jury decided, by case; None where it did not."""
    by_person: dict[str, dict[str, Label]] = {}
    for label in labels:
        by_person.setdefault(label.annotator, {})[label.case_id] = label
    people = sorted(by_person)
    cases = sorted({label.case_id for label in labels})
    units = [tuple(_choice(by_person[name].get(case)) for name in people) for case in cases]
    among = (_people(one, other, by_person) for one, other in combinations(people, 2))
    with_jury = (_with_jury(name, by_person[name], decided) for name in people)
    return Agreement(
        labels=len(labels),
        cases=len(cases),
        annotators=tuple(people),
        alpha=krippendorff_alpha(units) if len(people) > 1 else None,
        people=tuple(pair for pair in among if pair),
        jury=tuple(pair for pair in with_jury if pair),
    )


def _choice(label: Label | None) -> str | None:
    return None if label is None else label.choice


def _people(one: str, other: str, by_person: Mapping[str, Mapping[str, Label]]) -> Pair | None:
    ours, theirs = by_person[one], by_person[other]
    shared = sorted(ours.keys() & theirs.keys())
    blind = sum(ours[case].blind and theirs[case].blind for case in shared)
    return _pair(one, other, [(ours[case].choice, theirs[case].choice) for case in shared], blind)


def _with_jury(name: str, ours: Mapping[str, Label], decided: Mapping[str, str | None]) -> Pair | None:
    shared = sorted(ours.keys() & decided.keys())
    votes = [(ours[case].choice, decided[case] or UNDECIDED) for case in shared]
    return _pair(name, JURY, votes, sum(ours[case].blind for case in shared))


def _pair(first: str, second: str, votes: Sequence[tuple[str, str]], blind: int) -> Pair | None:
    if not votes:
        return None
    same = [float(one == other) for one, other in votes]
    share = estimate_mean(same, [f"{place:09d}" for place in range(len(same))])
    return Pair(
        first, second, len(votes), sum(same) / len(same),
        share.interval,
        cohen_kappa(*map(tuple, zip(*votes, strict=True))), blind,
    )  # fmt: skip
