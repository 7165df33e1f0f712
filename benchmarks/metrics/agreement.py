"""How far jurors agree on their first sealed ballots."""

from collections.abc import Sequence
from typing import Any

from benchmarks.metrics.intervals import listed
from benchmarks.metrics.judged import Judged, jurors_of
from jury.records import Rubric
from jury.reliability.agreement import Unit, prevalence
from jury.stats.coefficients import estimate_ac1, estimate_alpha
from jury.stats.votes import ERRORS, VOTES, estimate_effective_votes


def agreement(cases: Sequence[Judged], rubric: Rubric) -> dict[str, Any]:
    """Krippendorff's alpha, Gwet's AC1, the share of positive ballots (`prevalence`), and how many independent votes jurors
    amount to: by their errors where there is gold, else by their votes for the positive side (`n_eff_of`).
    """
    units: list[Unit] = [[ballot.choice for ballot in one.sealed.values()] for one in cases]
    clusters = [one.cluster for one in cases]
    alpha, ac1 = estimate_alpha(units, clusters), estimate_ac1(units, clusters, rubric.choices)
    labelled = [one for one in cases if one.truth is not None]
    jurors, by = jurors_of(cases), labelled or cases
    votes = [[_counts(one, name, rubric) for one in by] for name in jurors]
    n_eff = estimate_effective_votes(votes, [one.cluster for one in by])
    return {
        "alpha": alpha.value,
        "alpha_ci": listed(alpha),
        "ac1": ac1.value,
        "ac1_ci": listed(ac1),
        "prevalence": prevalence(units, *rubric.positives),
        "n_eff": n_eff.value,
        "n_eff_ci": listed(n_eff),
        "n_eff_of": ERRORS if labelled else VOTES,
    }


def _counts(one: Judged, juror: str, rubric: Rubric) -> bool | None:
    """Whether a juror was wrong where there is gold, else whether it voted for the positive side; None without a ballot."""
    said = one.said_by(juror)
    if said is None:
        return None
    return said in rubric.positives if one.truth is None else said != one.truth
