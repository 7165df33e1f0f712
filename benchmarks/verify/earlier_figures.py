"""Figures of releases whose formulas are no longer used: they are taken out of both sides of the comparison.

Results that say by which method their intervals are found (`intervals`) are checked in full. Earlier ones have percentile bootstraps,
which are not drawn again, effective votes by eigenvalues, and 0 where a rate is undefined; everything else in them is checked.
"""

from collections.abc import Mapping
from typing import Any

from benchmarks.verify.run import Run

#: What results say of the intervals of `jury.stats`.
INTERVALS = "score"

#: Rates that were 0 where they are undefined.
_ZERO_IF_UNDEFINED = frozenset({"precision", "recall", "f1", "kappa", "accuracy", "f1_cost"})

#: What stood for another figure (effective votes by eigenvalues, and only against labels), or was not there.
_OTHERWISE = frozenset({"n_eff", "of", "clusters", "gold_prevalence", "found_prevalence"})

#: What the check says about such results.
NOT_RECOMPUTED = "intervals and effective votes by the methods of an earlier release"


def is_earlier(results: Mapping[str, Any], run: Run) -> bool:
    """Whether results have the intervals of an earlier release; those of a run that keeps its texts have not."""
    return "intervals" not in results and run.may_be_earlier


def method_of(results: Mapping[str, Any], run: Run) -> dict[str, Any]:
    """What results of today say of their intervals; nothing for those of an earlier release."""
    return {} if is_earlier(results, run) else {"intervals": INTERVALS}


def comparable(document: Any) -> Any:
    """A document without the figures that an earlier release found in another way."""
    if isinstance(document, dict):
        return {
            name: 0.0 if value is None and name in _ZERO_IF_UNDEFINED else comparable(value)
            for name, value in document.items()
            if not _is_left_out(name)
        }
    return [comparable(value) for value in document] if isinstance(document, list) else document


def _is_left_out(name: str) -> bool:
    return name in {"ci", *_OTHERWISE} or name.endswith(("_ci", "_of", "_clusters"))
