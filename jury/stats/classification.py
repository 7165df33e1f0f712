"""How well predictions find the positive class, measured against gold labels. It may be one label or several grades of it.

A prediction of None is undecided: hung, without quorum, abstained or invalid. It is never a prediction of the positive class, stays in
recall's denominator, and is wrong: not deciding never counts as safe.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jury.stats.coefficients import estimate_cohen_kappa
from jury.stats.differences import estimate_difference
from jury.stats.estimates import UNDEFINED, Estimate, Interval
from jury.stats.means import estimate_mean, estimate_ratio

#: The names of the figures.
FIGURES = ("precision", "recall", "f1", "kappa", "accuracy")

#: What kappa takes an undecided prediction for: a label that truth never has.
_UNDECIDED = "\0"


@dataclass(frozen=True)
class Predictions:
    """Predictions beside the gold labels, which of these are the positive class, and the cluster of every item.

    Raises `ValueError` if the sequences differ in length.
    """

    truth: Sequence[str]
    predicted: Sequence[str | None]
    positive: str | Collection[str]
    clusters: Sequence[str]

    def __post_init__(self) -> None:
        if not len(self.truth) == len(self.predicted) == len(self.clusters):
            raise ValueError("gold labels, predictions and clusters differ in number")

    @cached_property
    def there(self) -> list[float]:
        """1 for every item of the positive class."""
        return self._among_positives(self.truth)

    @cached_property
    def found(self) -> list[float]:
        """1 for every item that is predicted to be of it."""
        return self._among_positives(self.predicted)

    @cached_property
    def hits(self) -> list[float]:
        """1 for every item of both."""
        return [one * other for one, other in zip(self.there, self.found, strict=True)]

    def estimate(self, name: str) -> Estimate:
        """One figure by its name; see `estimate_figures`. Raises `KeyError` for another name."""
        return _ESTIMATES[name](self)

    def _among_positives(self, labels: Sequence[str | None]) -> list[float]:
        positives = {self.positive} if isinstance(self.positive, str) else set(self.positive)
        return [float(label in positives) for label in labels]


def estimate_figures(
    truth: Sequence[str], predicted: Sequence[str | None], positive: str | Collection[str], clusters: Sequence[str]
) -> dict[str, Estimate]:
    """Precision, recall and F1 of the positive class (0 to 1), Cohen's kappa (−1 to 1) and accuracy (0 to 1), by name.

    Where the class has several labels, any of them finds any other; kappa and accuracy want the very label. Precision is undefined
    without findings, recall and F1 without positives, kappa where truth and predictions are one and the same label throughout,
    accuracy without items. Raises `ValueError` if the sequences differ in length.
    """
    given = Predictions(truth, predicted, positive, clusters)
    return {name: given.estimate(name) for name in FIGURES}


def describe_figures(
    truth: Sequence[str], predicted: Sequence[str | None], positive: str | Collection[str], clusters: Sequence[str]
) -> dict[str, Any]:
    """The figures of `estimate_figures` as JSON holds them: each under its name, the number of items under `n`, and each
    interval under `NAME_ci`. What is undefined, and an interval that can't be had, is None.
    """
    found = estimate_figures(truth, predicted, positive, clusters)
    return {
        **{name: one.value for name, one in found.items()},
        "n": len(truth),
        **{f"{name}_ci": list(one.interval) if one.interval else None for name, one in found.items()},
    }


@dataclass(frozen=True)
class FigureDifference:
    """One figure of two predictions, and second minus first with its 95 % interval; None where it is undefined."""

    first: float | None
    second: float | None
    difference: float | None
    interval: Interval | None


def compare_figures(
    truth: Sequence[str],
    first: Sequence[str | None],
    second: Sequence[str | None],
    positive: str | Collection[str],
    clusters: Sequence[str],
) -> dict[str, FigureDifference]:
    """What two predictions of the same items differ by, in every figure by its name, paired by cluster.

    Raises `ValueError` if the sequences differ in length.
    """
    before, after = (estimate_figures(truth, said, positive, clusters) for said in (first, second))
    return {name: _difference(before[name], after[name]) for name in FIGURES}


def _difference(first: Estimate, second: Estimate) -> FigureDifference:
    found = estimate_difference(first, second)
    return FigureDifference(first.value, second.value, found.value, found.interval)


def _precision(given: Predictions) -> Estimate:
    return estimate_ratio(given.hits, given.found, given.clusters)


def _recall(given: Predictions) -> Estimate:
    return estimate_ratio(given.hits, given.there, given.clusters)


def _f1(given: Predictions) -> Estimate:
    """F1 = 2J / (1 + J), where J is the share of hits among hits, false findings and misses.

    Given their number the hits are binomial, so that the interval of J is that of a proportion; F1 rises with J.
    """
    if not any(given.there):
        return UNDEFINED
    either = [max(one, other) for one, other in zip(given.there, given.found, strict=True)]
    shared = estimate_ratio(given.hits, either, given.clusters)
    j = shared.value or 0.0
    return shared.on_scale(lambda share: 2 * share / (1 + share), 2 / (1 + j) ** 2)


def _kappa(given: Predictions) -> Estimate:
    said = [_UNDECIDED if label is None else label for label in given.predicted]
    return estimate_cohen_kappa(given.truth, said, given.clusters)


def _accuracy(given: Predictions) -> Estimate:
    right = [float(label == said) for label, said in zip(given.truth, given.predicted, strict=True)]
    return estimate_mean(right, given.clusters)


_ESTIMATES: dict[str, Callable[[Predictions], Estimate]] = {
    "precision": _precision,
    "recall": _recall,
    "f1": _f1,
    "kappa": _kappa,
    "accuracy": _accuracy,
}
