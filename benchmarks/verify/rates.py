"""Precision, recall, F1, kappa and accuracy from a plain table of (truth, said) pairs."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from jury.stats.classification import estimate_figures

RATES = ("precision", "recall", "f1", "kappa", "accuracy")

#: What a case's truth is, and what was said of it; None where nothing was decided or cast.
Pair = tuple[str, str | None]


def against_gold(pairs: Sequence[Pair], clusters: Sequence[str], positive: Collection[str]) -> dict[str, Any]:
    """The rates of what was said, with their intervals and the number of pairs; nothing without pairs."""
    if not pairs:
        return {}
    spans = estimate_figures([truth for truth, _ in pairs], [said for _, said in pairs], positive, clusters)
    counted = Counter(pairs)
    return {
        **rates(counted.items(), positive),
        **{f"{name}_ci": list(span) if (span := spans[name].interval) else None for name in RATES},
        "n": len(pairs),
    }


def rates(table: Iterable[tuple[Pair, float]], positive: Collection[str]) -> dict[str, float | None]:
    """The rates of a table of counted pairs, a positive choice finding any other; None where the denominator is zero."""
    counted = dict(table)
    found = sum(times for (truth, said), times in counted.items() if truth in positive and said in positive)
    there = sum(times for (truth, _), times in counted.items() if truth in positive)
    called = sum(times for (_, said), times in counted.items() if said in positive)
    agreed = sum(times for (truth, said), times in counted.items() if truth == said)
    return {
        "precision": _share(found, called),
        "recall": _share(found, there),
        "f1": _share(2 * found, called + there) if there else None,
        "kappa": _kappa(counted, agreed),
        "accuracy": _share(agreed, sum(counted.values())),
    }


def _kappa(counted: Mapping[Pair, float], agreed: float) -> float | None:
    """Agreement beyond that of two people who keep their habits but guess."""
    n = sum(counted.values())
    truths: Counter[str | None] = Counter()
    words: Counter[str | None] = Counter()
    for (truth, said), times in counted.items():
        truths[truth] += times  # type: ignore[assignment]
        words[said] += times  # type: ignore[assignment]
    chance = sum(times * words[label] for label, times in truths.items()) / n**2
    return _share(agreed / n - chance, 1 - chance)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
