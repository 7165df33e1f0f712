"""How far jurors agree on their first sealed ballots."""

from collections.abc import Sequence

from benchmarks.metrics.judged import Judged, jurors_of
from jury.records import Rubric
from jury.reliability.agreement import Unit, effective_votes, gwet_ac1, krippendorff_alpha, prevalence


def agreement(cases: Sequence[Judged], rubric: Rubric) -> dict[str, float | None]:
    """Krippendorff's alpha, Gwet's AC1, the share of positive ballots, and how many independent votes jurors amount to."""
    units: list[Unit] = [[ballot.choice for ballot in one.sealed.values()] for one in cases]
    return {
        "alpha": krippendorff_alpha(units),
        "ac1": gwet_ac1(units, rubric.choices),
        "prevalence": prevalence(units, *rubric.positives),
        "n_eff": effective_votes([_errors(cases, name) for name in jurors_of(cases)]),
    }


def _errors(cases: Sequence[Judged], juror: str) -> list[bool | None]:
    """Whether a juror was wrong, case by case where there is gold; None where it cast no ballot."""
    said = [(one.said_by(juror), one.truth) for one in cases if one.truth is not None]
    return [None if choice is None else choice != truth for choice, truth in said]
