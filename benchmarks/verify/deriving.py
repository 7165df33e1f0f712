"""Every verdict of a run derived again, beside the one on record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.verify.comparing import Difference, record_differences
from benchmarks.verify.course import irregularities
from benchmarks.verify.held import Held
from benchmarks.verify.report import Finding, shown
from benchmarks.verify.run import Run
from benchmarks.verify.verdicts import verdict_of

#: What comes of working with rows that another hand than ours has written.
NONSENSE = (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError)


@dataclass(frozen=True)
class Derived:
    """The verdicts that the ledger allows, by case in the order of the source, and why it allows no others."""

    verdicts: dict[str, dict[str, Any]]
    failures: dict[str, str]


def derive(run: Run) -> Derived:
    """The verdicts of a run's cases."""
    derived = Derived({}, {})
    for case_id, case in run.cases.items():
        try:
            held = Held.of(case, run.trials.get(case_id, ()), run.calls)
            derived.verdicts[case_id] = verdict_of(
                held, run.bench, run.manifest["target"], run.manifest.get("blocked", "refused")
            )
        except NONSENSE as error:
            derived.failures[case_id] = f"{type(error).__name__}: {error}"
    return derived


def verdict_findings(run: Run, derived: Derived) -> Iterator[Finding]:
    """The recorded verdicts that are not what their calls amount to."""
    for case_id, reason in derived.failures.items():
        yield Finding(f"verdicts row case {case_id}", "can't be derived from its calls", derived=shown(reason))
    for case_id, verdict in derived.verdicts.items():
        if case_id in run.verdicts:
            differing = record_differences(run.verdicts[case_id], verdict)
            yield from difference(f"verdicts row case {case_id}", differing)
        for irregularity in irregularities(verdict, run.bench):
            yield Finding(f"trials rows case {case_id}", f"are not held as the protocol says: {irregularity}")


def difference(where: str, differing: list[Difference]) -> Iterator[Finding]:
    """One finding for a row, however many of its fields differ: the first of them, and how many more."""
    if differing:
        path, recorded, derived = differing[0]
        more = f", and {len(differing) - 1} more of its fields" if len(differing) > 1 else ""
        yield Finding(where, f"{path} differs{more}", shown(recorded), shown(derived))
