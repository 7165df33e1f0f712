"""Figures against human labels: the panel's and every juror's."""

from collections import Counter
from collections.abc import Callable, Sequence

from benchmarks.metrics.intervals import Draw, Mean
from benchmarks.metrics.judged import Judged, jurors_of
from benchmarks.metrics.registry import Section, metric
from benchmarks.metrics.states import decided, states
from jury.records import Rubric
from jury.stats.classification import describe_figures


@metric("panel")
def panel(cases: Sequence[Judged], rubric: Rubric, _: Draw) -> Section:
    """The panel's figures over all cases with gold, and its outcomes by state; without any gold the counts only."""
    return {
        **_against_gold(cases, rubric, lambda one: one.choice),
        **_prevalences(cases, rubric),
        **states(cases),
    }


@metric("jurors")
def jurors(cases: Sequence[Judged], rubric: Rubric, _: Draw) -> Section:
    """Each juror's figures on its first sealed ballots, and its ballots by state, the invalid ones also by cause.

    Under a rubric with a scale, `contradictory` counts the ballots whose rating lies on the other side of the threshold
    than their choice.

    A case on which it cast none is undecided; one on which it was not asked, since the outcome was certain, is left out.
    """
    return {
        name: {
            **_against_gold([one for one in cases if not one.passed_over(name)], rubric, _said_by(name)),
            **_ballots(cases, name, rubric),
        }
        for name in jurors_of(cases)
    }


def _prevalences(cases: Sequence[Judged], rubric: Rubric) -> Section:
    """The share of the labelled cases on the positive side by people's labels (`gold_…`), and by the panel among those of them
    that it decided (`found_…`), 0 to 1.
    """
    labelled = [one for one in cases if one.truth is not None]
    if not labelled:
        return {}
    gold = Mean.over(labelled, lambda one: float(one.truth in rubric.positives))
    found = Mean.over(decided(labelled), lambda one: float(one.choice in rubric.positives))
    return {
        "gold_prevalence": gold.value,
        "gold_prevalence_ci": gold.interval,
        "found_prevalence": found.value,
        "found_prevalence_ci": found.interval,
    }


def _against_gold(cases: Sequence[Judged], rubric: Rubric, choice: Callable[[Judged], str | None]) -> Section:
    """Figures and intervals of anybody's choices over the cases with gold that were judged; nothing without any."""
    gold = [(one, one.truth) for one in cases if one.truth is not None and not one.is_blocked]
    if not gold:
        return {}
    truth, said = [label for _, label in gold], [choice(one) for one, _ in gold]
    return describe_figures(truth, said, rubric.positives, [one.cluster for one, _ in gold])


def _said_by(juror: str) -> Callable[[Judged], str | None]:
    return lambda one: one.said_by(juror)


def _ballots(cases: Sequence[Judged], juror: str, rubric: Rubric) -> Section:
    ballots = [one.sealed[juror] for one in cases if juror in one.sealed]
    ended = Counter(ballot.state for ballot in ballots)
    causes = Counter(ballot.cause.kind for ballot in ballots if ballot.cause)
    torn = sum(ballot.choice is not None and rubric.contradicts(ballot.choice, ballot.rating) for ballot in ballots)
    return {
        "cast": ended["cast"],
        "abstained": ended["abstain"],
        "invalid": ended["invalid"],
        **({} if rubric.rating is None else {"contradictory": torn}),
        "causes": dict(sorted(causes.items())),
    }
