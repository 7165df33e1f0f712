"""Rows against each other: what points nowhere, what is missing, what is there twice or in another place."""

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.verify.ballots import NOT_ASKED
from benchmarks.verify.juries import Chair
from benchmarks.verify.naming import occasion
from benchmarks.verify.reading import Row
from benchmarks.verify.report import Finding, shown
from benchmarks.verify.rounds import CLERK
from benchmarks.verify.run import Run

#: The columns that tell one trial of a case from another.
Occasion = tuple[Any, Any, Any, Any]


def broken_links(run: Run) -> Iterator[Finding]:
    """Every row that is missing, has no business where it is, or points to something that can't be meant."""
    yield from _unmatched_cases(run)
    for trials in run.trials.values():
        for trial in trials:
            yield from _call_of(trial, run)
    if run.seated is None:
        return
    for case_id, verdict in run.verdicts.items():
        try:
            yield from list(_uncited(case_id, run.trials.get(case_id, []), verdict))
        except (KeyError, TypeError, AttributeError) as error:
            yield Finding(
                f"verdicts row case {case_id}", "holds no verdict that can be read", derived=shown(repr(error))
            )


def _unmatched_cases(run: Run) -> Iterator[Finding]:
    for case_id in run.cases if run.seated else ():
        if case_id not in run.verdicts:
            yield Finding(f"verdicts row case {case_id}", "is missing: the case has no verdict")
    for case_id in {**run.verdicts, **run.trials}:
        if case_id not in run.cases:
            yield Finding(f"cases row case {case_id}", "is missing: a verdict or a trial names it")
    for expected, (case_id, position) in enumerate(run.positions.items()):
        if position != expected:
            yield Finding(f"cases row case {case_id}", "is out of place", shown(position), shown(expected))
            return


def _call_of(trial: Row, run: Run) -> Iterator[Finding]:
    where, call = f"trials row {occasion(trial)}", run.calls.get(trial["call"])
    chair = _caller(trial, run)
    if call is None and trial["call"] == NOT_ASKED and chair:
        return
    if call is None:
        yield Finding(where, "points to a call that is missing", shown(trial["call"]))
        return
    if call.item and call.item != trial["case_id"]:
        yield Finding(where, "points to a call about another case", shown(call.item), shown(trial["case_id"]))
    if trial["phase"] == "target":
        return
    if chair is None:
        yield Finding(where, "names a seat that nobody holds", shown(trial["seat"]))
    elif chair.model != call.model:
        yield Finding(where, "points to a call of another model", shown(call.model), shown(chair.model))


def _caller(trial: Row, run: Run) -> Chair | None:
    """Who made a trial's call: who holds the seat, or the clerk that was asked for it."""
    if trial["phase"] == CLERK:
        named = run.manifest.get("showing", {}).get("clerk")
        return Chair(CLERK, CLERK, str(named)) if named else None
    return run.seated.chair(trial["phase"], trial["seat"]) if run.seated else None


def _uncited(case_id: str, trials: list[Row], verdict: Mapping[str, Any]) -> Iterator[Finding]:
    """Trials that a verdict cites but the ledger lacks, and the other way round."""
    cited = dict(_cited(verdict))
    kept: dict[Occasion, Any] = {
        (row["phase"], row["round"], row["seat"], row["attempt"]): row["call"] for row in trials
    }
    for at in sorted({**cited, **kept}, key=repr):
        if cited.get(at) != kept.get(at):
            row = {"case_id": case_id, **dict(zip(("phase", "round", "seat", "attempt"), at, strict=True))}
            what = (
                "is missing"
                if at not in kept
                else "is cited by no verdict"
                if at not in cited
                else "names another call"
            )
            yield Finding(f"trials row {occasion(row)}", what, shown(kept.get(at)), shown(cited.get(at)))


def _cited(verdict: Mapping[str, Any]) -> Iterator[tuple[Occasion, Any]]:
    rounds = verdict.get("rounds", [])
    for turn, key in enumerate(verdict.get("answers", [])):
        yield ("target", turn, "target", 0), key
    for held in rounds:
        for place, said in enumerate(held.get("statements", ())):
            yield from _attempts("statement", held.get("index"), f"{place:02d}:{said['seat']}", said)
        for ballot in held["ballots"]:
            yield from _attempts(held["kind"], held.get("index"), ballot["seat"], ballot)
    for phase in ("tie_break", "summary"):
        if spoken := verdict.get(phase):
            yield from _attempts(phase, len(rounds), spoken.get("seat", "foreperson"), spoken)


def _attempts(phase: str, index: Any, seat: str, spoken: Mapping[str, Any]) -> Iterator[tuple[Occasion, Any]]:
    for attempt, key in enumerate(spoken.get("calls") or [NOT_ASKED]):
        yield (phase, index, seat, attempt), key
    for attempt, key in enumerate(spoken.get("clerk_calls", ())):
        yield (CLERK, index, seat, attempt), key
