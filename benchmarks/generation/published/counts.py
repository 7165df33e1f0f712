"""What a set holds, in numbers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.generation.published.entries import Entry
from benchmarks.generation.published.rows import CRITERIA, EXHIBITS
from jury.records import Query

#: Why an exhibit is missing where the scenario's policy allows none.
BARRED = "policy"


def counts_of(made: Sequence[Entry], queries: Iterable[Query]) -> dict[str, Any]:
    """Items by category, language and technique; exhibits there are, and why others are not; queries kept and rejected.

    Items that were left out for want of an image are counted apart, by why there is none.
    """
    entries, listed = [entry for entry in made if not entry.left_out], list(queries)
    kinds = Counter((one.category.key, one.query.language, one.query.technique) for one in entries)
    return {
        "items": len(entries),
        "scenarios": len({one.scenario.key for one in entries}),
        "by_kind": [
            {"category": category, "language": language, "technique": technique, "items": number}
            for (category, language, technique), number in kinds.items()
        ],
        "exhibits": {name: sum(one.exhibits[name].media is not None for one in entries) for name in EXHIBITS},
        "missing": {name: _missing(entries, name) for name in EXHIBITS},
        "left_out": _missing((entry for entry in made if entry.left_out), "image"),
        "queries": {
            "kept": sum(one.kept for one in listed),
            "rejected": _sorted(one.reason for one in listed if not one.kept),
        },
    }


def grades_of(entries: Iterable[Entry]) -> dict[str, dict[str, list[int]]]:
    """How many grades of 0, 1, … 9 the queries of each category were given, by criterion."""
    tallies: dict[str, dict[str, list[int]]] = {}
    seen: set[str] = set()
    for entry in entries:
        tally = tallies.setdefault(entry.category.key, {name: [0] * 10 for name in CRITERIA})
        if entry.query.id in seen:
            continue  # several items may be made of one query, which was graded once
        seen.add(entry.query.id)
        for score in entry.query.scores:
            for name in CRITERIA:
                if (grade := getattr(score, name)) is not None:
                    tally[name][grade] += 1
    return tallies


def _missing(entries: Iterable[Entry], name: str) -> dict[str, int]:
    exhibits = (entry.exhibits[name] for entry in entries)
    return _sorted(BARRED if one.barred else one.cause.kind for one in exhibits if one.cause)


def _sorted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
