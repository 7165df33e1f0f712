"""What each arm found, against labels and against the other arms."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from benchmarks.calls import kept_calls
from benchmarks.lab.comparing.arms import Arm
from benchmarks.metrics import Judged
from benchmarks.results import Results
from jury.influence.collapse import collapse
from jury.influence.conformity import Hearing, conformity, heard_in, occasions
from jury.influence.flips import flips
from jury.influence.graph import influence
from jury.influence.price import correction
from jury.records import Usage, Verdict
from jury.reliability.classification import figures
from jury.shown import first_ballots
from jury.stats.classification import compare_figures, describe_figures
from jury.usage import in_turn

#: Figures that arms are compared by.
COMPARED = ("f1", "accuracy", "kappa")


@dataclass(frozen=True)
class Found:
    """An arm with what it found."""

    arm: Arm
    results: Results

    @cached_property
    def judged(self) -> dict[str, Judged]:
        """The labelled cases by id."""
        return {one.verdict.case_id: one for one in self.results.judged() if one.truth is not None}

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdicts on labelled cases, with their rounds."""
        return {one.case_id: one for one in self.results.verdicts() if one.case_id in self.judged}

    @cached_property
    def hearing(self) -> dict[str, Hearing]:
        """Case → who heard whom in its first round of deliberation."""
        return {
            case: heard_in(held)
            for case, verdict in self.verdicts.items()
            for held in verdict.rounds
            if held.kind == "deliberation" and held.index == 1
        }

    @property
    def trials(self) -> list[tuple[Verdict, str | None]]:
        """Every verdict with the truth."""
        return [(verdict, self.judged[case].truth) for case, verdict in self.verdicts.items()]

    @cached_property
    def opening_usage(self) -> Usage:
        """What the first sealed ballots cost."""
        keys = [
            key
            for verdict in self.verdicts.values()
            if verdict.rounds
            for ballot in first_ballots(verdict.rounds).ballots
            for key in ballot.calls
        ]
        with kept_calls(self.results.folder) as calls:
            return in_turn([calls.completion(key).usage for key in keys])


def row_of(found: Found, control: Found | None) -> dict[str, Any]:
    """An arm's figures, flat: against labels, before and after, what deliberation did, what it cost."""
    rubric, cases = found.results.rubric, list(found.judged.values())
    truth = [one.truth or "" for one in cases]
    after = [one.choice for one in cases]
    before = [one.verdict.before.choice if one.verdict.before else None for one in cases]
    groups = [one.cluster for one in cases]
    usage = in_turn([verdict.usage for verdict in found.verdicts.values()])
    return {
        "name": found.arm.name,
        "kind": found.arm.kind,
        "of": found.arm.of or None,
        "cases": len(cases),
        **describe_figures(truth, after, rubric.positives, groups),
        "undecided": after.count(None),
        "before": asdict(figures(truth, before, rubric.positives)),
        **usage.model_dump(),
        "tokens": usage.tokens,
        **(_deliberation(found, control, usage) if found.arm.deliberates else {}),
    }


def differences(found: Sequence[Found]) -> list[dict[str, Any]]:
    """Every further arm minus the first, paired by case."""
    baseline, *others = found
    return [_difference(baseline, other) for other in others]


def _difference(baseline: Found, other: Found) -> dict[str, Any]:
    shared = [case for case in baseline.judged if case in other.judged]
    cases = [baseline.judged[case] for case in shared]
    told = compare_figures(
        [one.truth or "" for one in cases],
        [one.choice for one in cases],
        [other.judged[case].choice for case in shared],
        baseline.results.rubric.positives,
        [one.cluster for one in cases],
    )
    return {
        "first": baseline.arm.name,
        "second": other.arm.name,
        "cases": len(shared),
        **{name: asdict(told[name]) for name in COMPARED},
    }


def _deliberation(found: Found, control: Found | None, usage: Usage) -> dict[str, Any]:
    rounds = [(verdict.rounds, truth) for verdict, truth in found.trials]
    fallen, moved = collapse(rounds), correction(found.trials, usage, found.opening_usage)
    graph = influence(verdict.rounds for verdict in found.verdicts.values())
    return {
        "flips": asdict(flips(rounds)),
        "conformity": _conformity(found, None),
        "conformity_without_peers": None if control is None else _conformity(control, found.hearing),
        "collapse": {**asdict(fallen), "share": fallen.share},
        "correction": asdict(moved),
        "influence": [{"from": one, "to": other, **data} for one, other, data in graph.edges(data=True)],
    }


def _conformity(found: Found, hearing: Mapping[str, Hearing] | None) -> dict[str, Any]:
    """The rate over all jurors and of each, on the occasions of the trials; `hearing` says who would have heard whom."""
    listed = [
        occasion
        for case, verdict in found.verdicts.items()
        if hearing is None or case in hearing
        for occasion in occasions(verdict.rounds, None if hearing is None else hearing[case])
    ]
    jurors = sorted({one.juror for one in listed})
    return {
        "occasions": len(listed),
        "rate": conformity(listed),
        "jurors": {juror: conformity(one for one in listed if one.juror == juror) for juror in jurors},
    }
