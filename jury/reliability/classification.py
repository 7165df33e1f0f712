"""How well predictions find the positive class, measured against gold labels. It may be one label or several grades of it.

A prediction of None is undecided: hung, without quorum, abstained or invalid. It is never a prediction of the
positive class, stays in recall's denominator, and is wrong: not deciding never counts as safe.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from jury.reliability.bootstrap import RESAMPLES, Floats, bags, cluster_sums, resampled_sums


@dataclass(frozen=True)
class Figures:
    """Precision, recall and F1 of the positive class (0 to 1), Cohen's kappa (−1 to 1), accuracy (0 to 1), and the
    number of items they are over. Where the class has several labels, any of them finds any other; kappa and accuracy want
    the very label. Kappa (Cohen 1960) is over all labels, with undecided as one more label that truth never has.

    None is a figure that is undefined: precision without findings, recall and F1 without positives, kappa where truth and
    predictions are one and the same label throughout, accuracy without items. `jury.stats.classification` has the intervals.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    kappa: float | None
    accuracy: float | None
    n: int


#: The names of the figures that have an interval.
RATES = tuple(field.name for field in fields(Figures) if field.name != "n")


def figures(truth: Sequence[str], predicted: Sequence[str | None], positive: str | Sequence[str]) -> Figures:
    """The figures of some predictions. Raises `ValueError` if the two sequences differ in length."""
    positives = _labels(positive)
    confusion = _confusions(_cells(truth, predicted, positives).sum(axis=0))
    rates = {
        name: None if np.isnan(value) else float(value) for name, value in _rates(confusion, len(positives)).items()
    }
    return Figures(**rates, n=len(truth))


def resampled_rates(
    truth: Sequence[str],
    predicted: Sequence[str | None],
    positive: str | Sequence[str],
    groups: Sequence[str],
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> dict[str, Floats]:
    """Every rate by its name in each resample of the clusters that `groups` names: shape (resamples,).

    The same groups and seed draw the same resamples, whatever was predicted, so that the rates of two predictions are
    paired. An undefined rate counts as 0.0 here: what can't be shown is no reason to choose anybody.
    """
    positives = _labels(positive)
    clusters = cluster_sums(groups, _cells(truth, predicted, positives))
    return _without_gaps(_rates(_confusions(resampled_sums(clusters, resamples=resamples, seed=seed)), len(positives)))


def bagged_rates(
    truth: Sequence[str],
    predicted: Sequence[str | None],
    positive: str | Sequence[str],
    groups: Sequence[str],
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Every rate by its name in each resample, and on the clusters that the resample left out: shape (resamples,) each.

    The same groups and seed leave out the same clusters, whatever was predicted (out-of-bag estimation: Efron 1983). An
    undefined rate counts as 0.0.
    """
    positives = _labels(positive)
    clusters = cluster_sums(groups, _cells(truth, predicted, positives))
    drawn = bags(len(clusters), resamples=resamples, seed=seed)
    left_out = (drawn == 0).astype(float)
    within, without = (
        _without_gaps(_rates(_confusions(times @ clusters), len(positives))) for times in (drawn, left_out)
    )
    return within, without


def _labels(positive: str | Sequence[str]) -> tuple[str, ...]:
    return (positive,) if isinstance(positive, str) else tuple(positive)


def _cells(truth: Sequence[str], predicted: Sequence[str | None], positives: tuple[str, ...]) -> Floats:
    """Each item's cell of the confusion matrix as a row of one 1: shape (items, labels · (labels + 1)).

    Rows of the matrix are truths, columns predictions; the positive labels come first, undecided last.
    """
    others = {label for label in (*truth, *predicted) if label is not None} - set(positives)
    place: dict[str | None, int] = {label: index for index, label in enumerate((*positives, *sorted(others)))}
    labels = len(place)
    place[None] = labels
    cells = np.zeros((len(truth), labels * (labels + 1)))
    for item, (true, said) in enumerate(zip(truth, predicted, strict=True)):
        cells[item, place[true] * (labels + 1) + place[said]] = 1
    return cells


def _confusions(cells: Floats) -> Floats:
    """Flat cells as confusion matrices: shape (…, L · (L + 1)) to (…, L, L + 1)."""
    labels = round((np.sqrt(4 * cells.shape[-1] + 1) - 1) / 2)
    return cells.reshape(*cells.shape[:-1], labels, labels + 1)


def _rates(confusion: Floats, positives: int) -> dict[str, Floats]:
    """The rates of confusion matrices of shape (…, L, L + 1) whose first labels are positive; each has shape (…), NaN where
    it is undefined.
    """
    true, said = confusion.sum(axis=-1), confusion.sum(axis=-2)
    hits = confusion[..., :positives, :positives].sum(axis=(-2, -1))
    called, there = said[..., :positives].sum(axis=-1), true[..., :positives].sum(axis=-1)
    return {
        "precision": _ratio(hits, called),
        "recall": _ratio(hits, there),
        "f1": np.where(there > 0, _ratio(2 * hits, called + there), np.nan),
        "kappa": _kappa(confusion, true, said),
        "accuracy": _ratio(_agreed(confusion), true.sum(axis=-1)),
    }


def _agreed(confusion: Floats) -> Floats:
    """The items on the diagonal; undecided, the last column, is never among them."""
    agreed: Floats = np.trace(confusion[..., :-1], axis1=-2, axis2=-1)
    return agreed


def _kappa(confusion: Floats, true: Floats, said: Floats) -> Floats:
    """(observed − chance) / (1 − chance), both agreements times n² so that counts stay whole numbers."""
    n = true.sum(axis=-1)
    chance = (true * said[..., :-1]).sum(axis=-1)
    return _ratio(n * _agreed(confusion) - chance, n * n - chance)


def _ratio(part: Floats, whole: Floats) -> Floats:
    """The share of a part in its whole, NaN where the whole is zero."""
    part, whole = np.asarray(part), np.asarray(whole)
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def _without_gaps(rates: dict[str, Floats]) -> dict[str, Floats]:
    return {name: np.nan_to_num(values, nan=0.0) for name, values in rates.items()}
