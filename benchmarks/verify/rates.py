"""Precision, recall, F1, kappa and accuracy from a plain table of (truth, said) pairs."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from benchmarks.verify.intervals import Sums, intervals

RATES = ("precision", "recall", "f1", "kappa", "accuracy")

#: What a case's truth is, and what was said of it; None where nothing was decided or cast.
Pair = tuple[str, str | None]


def against_gold(pairs: Sequence[Pair], clusters: Sequence[str], positive: Collection[str]) -> dict[str, Any]:
    """The rates of what was said, with their intervals and the number of pairs; nothing without pairs."""
    if not pairs:
        return {}
    kinds = list(dict.fromkeys(pairs))
    rows = [[float(pair == kind) for kind in kinds] for pair in pairs]

    def rates_of(sums: Sums) -> dict[str, float]:
        return rates(zip(kinds, sums, strict=True), positive)

    spans = intervals(clusters, rows, rates_of) or dict.fromkeys(RATES)
    counted = Counter(pairs)
    return {
        **rates(counted.items(), positive),
        **{f"{name}_ci": spans[name] for name in RATES},
        "n": len(pairs),
    }


def rates(table: Iterable[tuple[Pair, float]], positive: Collection[str]) -> dict[str, float]:
    """The rates of a table of counted pairs, a positive choice finding any other; one whose denominator is zero is 0."""
    counted = dict(table)
    found = sum(times for (truth, said), times in counted.items() if truth in positive and said in positive)
    there = sum(times for (truth, _), times in counted.items() if truth in positive)
    called = sum(times for (_, said), times in counted.items() if said in positive)
    agreed = sum(times for (truth, said), times in counted.items() if truth == said)
    precision, recall = _share(found, called), _share(found, there)
    return {
        "precision": precision,
        "recall": recall,
        "f1": _share(2 * precision * recall, precision + recall),
        "kappa": _kappa(counted, agreed),
        "accuracy": _share(agreed, sum(counted.values())),
    }


def _kappa(counted: Mapping[Pair, float], agreed: float) -> float:
    """Agreement beyond that of two people who keep their habits but guess."""
    n = sum(counted.values())
    truths: Counter[str | None] = Counter()
    words: Counter[str | None] = Counter()
    for (truth, said), times in counted.items():
        truths[truth] += times  # type: ignore[assignment]
        words[said] += times  # type: ignore[assignment]
    chance = sum(times * words[label] for label, times in truths.items()) / n**2
    return _share(agreed / n - chance, 1 - chance)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
