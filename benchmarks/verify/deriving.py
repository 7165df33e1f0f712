"""Every verdict of a run derived again, beside the one on record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.verify.ballots import NOT_ASKED
from benchmarks.verify.comparing import Difference, record_differences
from benchmarks.verify.course import irregularities
from benchmarks.verify.held import Held
from benchmarks.verify.own_words import not_own
from benchmarks.verify.report import Finding, shown
from benchmarks.verify.run import Run
from benchmarks.verify.verdicts import verdict_of
from jury.labels import ABSTAIN

#: What comes of working with rows that another hand than ours has written.
NONSENSE = (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError)


@dataclass(frozen=True)
class Derived:
    """The verdicts that the ledger allows, by case in the order of the source, and why it allows no others.

    `earlier` are the cases whose verdicts fit only if replies are read as earlier releases did.
    """

    verdicts: dict[str, dict[str, Any]]
    failures: dict[str, str]
    earlier: list[str]


def derive(run: Run) -> Derived:
    """The verdicts of a run's cases."""
    derived = Derived({}, {}, [])
    for case_id, case in run.cases.items():
        try:
            held = Held.of(case, run.trials.get(case_id, ()), run.calls)
            derived.verdicts[case_id] = _derived(run, case_id, held, derived.earlier)
        except NONSENSE as error:
            derived.failures[case_id] = f"{type(error).__name__}: {error}"
    return derived


def _derived(run: Run, case_id: str, held: Held, earlier: list[str]) -> dict[str, Any]:
    """A case's verdict; by the reading of earlier releases where it is on record as that has it, and noted so."""
    target, blocked = run.manifest["target"], run.manifest.get("blocked", "refused")
    verdict = verdict_of(held, run.bench, target, blocked)
    recorded = run.verdicts.get(case_id)
    if recorded is None or not run.may_be_earlier or not record_differences(recorded, verdict):
        return verdict
    before = verdict_of(held, replace(run.bench, earlier=True), target, blocked)
    if record_differences(recorded, before):
        return verdict
    earlier.append(case_id)
    return before


def vote_findings(run: Run) -> Iterator[Finding]:
    """The votes on record that are not the jurors' own, by a look of our own at the replies."""
    for case_id, verdict in run.verdicts.items():
        try:
            yield from list(_foreign_votes(run, case_id, verdict))
        except NONSENSE as error:
            yield Finding(
                f"verdicts row case {case_id}", "holds no ballots that can be read", derived=shown(repr(error))
            )


def _foreign_votes(run: Run, case_id: str, verdict: Mapping[str, Any]) -> Iterator[Finding]:
    labels = run.bench.criteria.labels
    ballots = [ballot for held in verdict.get("rounds", ()) for ballot in held["ballots"]]
    for ballot in (*ballots, *([verdict["tie_break"]] if verdict.get("tie_break") else ())):
        call = run.calls.get((ballot.get("calls") or [NOT_ASKED])[-1])
        if ballot["state"] == "invalid" or call is None:
            continue
        choice = ABSTAIN if ballot["state"] == "abstain" else ballot.get("choice")
        reason = not_own(call, choice, labels.meaning_of)
        if reason:
            what = f"has a vote of {ballot['juror']} that may be a quotation: {reason}"
            yield Finding(f"verdicts row case {case_id}", what, shown(choice), shown(call.text))


def verdict_findings(run: Run, derived: Derived) -> Iterator[Finding]:
    """The recorded verdicts that are not what their calls amount to."""
    for case_id, reason in derived.failures.items():
        yield Finding(f"verdicts row case {case_id}", "can't be derived from its calls", derived=shown(reason))
    for case_id, verdict in derived.verdicts.items():
        if case_id in run.verdicts:
            recorded = run.verdicts[case_id]
            differing = record_differences(recorded, verdict if tells_exhibits(recorded) else _untelling(verdict))
            yield from difference(f"verdicts row case {case_id}", differing)
        for irregularity in irregularities(verdict, run.bench):
            yield Finding(f"trials rows case {case_id}", f"are not held as the protocol says: {irregularity}")


def tells_exhibits(verdict: Mapping[str, Any]) -> bool:
    """Whether a verdict says what target and jurors were shown; those of earlier releases don't."""
    try:
        cause = verdict["outcome"].get("cause", {}).get("kind")
        return cause == "exhibit" or any(one.get("exhibits") for one in (verdict, *_ballots(verdict)))
    except NONSENSE:  # what makes no sense says nothing, and is a finding by itself
        return False


def _ballots(verdict: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    tie_break = verdict.get("tie_break")
    return [one for held in verdict.get("rounds", ()) for one in held["ballots"]] + ([tie_break] if tie_break else [])


def _untelling(verdict: Mapping[str, Any]) -> dict[str, Any]:
    """The verdict as an earlier release has written it: without what anybody was shown."""
    rounds = [{**held, "ballots": [_bare(one) for one in held["ballots"]]} for held in verdict.get("rounds", ())]
    tie_break = verdict.get("tie_break")
    told = {"rounds": rounds} if rounds else {}
    return {**_bare(verdict), **told, **({"tie_break": _bare(tie_break)} if tie_break else {})}


def _bare(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "exhibits"}


def difference(where: str, differing: list[Difference]) -> Iterator[Finding]:
    """One finding for a row, however many of its fields differ: the first of them, and how many more."""
    if differing:
        path, recorded, derived = differing[0]
        more = f", and {len(differing) - 1} more of its fields" if len(differing) > 1 else ""
        yield Finding(where, f"{path} differs{more}", shown(recorded), shown(derived))
