"""What two predictions of the same items differ by, in every figure against labels (Efron & Tibshirani 1993, chapter 16)."""

from collections.abc import Sequence
from dataclasses import dataclass

from jury.reliability.bootstrap import RESAMPLES, Interval, percentile_interval
from jury.reliability.classification import RATES, figures, resampled_rates


@dataclass(frozen=True)
class FigureDifference:
    """One figure of two predictions, and second minus first with its 95 % interval; None for fewer than two clusters."""

    first: float
    second: float
    difference: float
    interval: Interval | None


def figure_differences(
    truth: Sequence[str],
    first: Sequence[str | None],
    second: Sequence[str | None],
    positive: str | Sequence[str],
    groups: Sequence[str],
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> dict[str, FigureDifference]:
    """The difference of every rate by its name, paired: each resample draws the same clusters for both predictions.

    Raises `ValueError` if the sequences differ in length.
    """
    one, other = figures(truth, first, positive), figures(truth, second, positive)
    intervals: dict[str, Interval | None] = dict.fromkeys(RATES)
    if len(set(groups)) > 1:
        before = resampled_rates(truth, first, positive, groups, resamples=resamples, seed=seed)
        after = resampled_rates(truth, second, positive, groups, resamples=resamples, seed=seed)
        intervals.update({name: percentile_interval(after[name] - before[name]) for name in RATES})
    return {name: _difference(getattr(one, name), getattr(other, name), intervals[name]) for name in RATES}


def _difference(first: float, second: float, interval: Interval | None) -> FigureDifference:
    return FigureDifference(first, second, second - first, interval)
