"""The row of one case: facts known before its trial, and what the trial found. Pure functions."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.metrics import Facts, Judged
from benchmarks.metrics.headlines import measures_of
from benchmarks.metrics.measures import values_of
from benchmarks.report.dispute import dispute_of
from jury.records import Case, MediaRef, Rubric, TextPart, Verdict

#: The state of a case that no jury has heard yet.
WAITING = "waiting"

#: Characters of a case's prompt, and of its answers, that a search looks through.
SEARCHED = 4_000


def key_of(case_id: str) -> str:
    """16 hex digits: what links call a case, whatever its id holds."""
    return hashlib.sha256(case_id.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def facts_of(case: Case, number: int, position: int, truth: str | None, target: str) -> dict[str, Any]:
    """What is known of a case by itself; `number` is its row in the ledger, `target` the run's, `truth` what its gold label means."""
    return {
        "number": number,
        "key": key_of(case.id),
        "position": position,
        "case_id": case.id,
        "scenario": case.scenario,
        "category": Facts(metadata=case.metadata).category,
        "language": case.language,
        "technique": case.technique,
        "target": target or case.target,
        "exhibits": ", ".join(sorted({part.kind for turn in case.turns for part in turn.parts} - {"text"})),
        "truth": truth,
        "state": WAITING,
    }


def findings_of(verdict: Verdict) -> dict[str, Any]:
    """What a trial found."""
    dispute = dispute_of(verdict)
    last = verdict.rounds[-1].ballots if verdict.rounds else ()
    return {
        "state": verdict.outcome.state,
        "choice": verdict.outcome.choice,
        "positive": verdict.positive,
        "rating": verdict.rating,
        "margin": verdict.outcome.margin,
        "disagreement": dispute.disagreement,
        "changed": dispute.changed,
        "invalid": sum(ballot.state == "invalid" for ballot in last),
        "rounds": dispute.rounds,
        "dissent": len(verdict.dissent),
        "flipped": verdict.before is not None and verdict.before.choice != verdict.outcome.choice,
        "rehearsal": verdict.rehearsal,
        "cost": verdict.usage.cost,
        "seconds": verdict.usage.seconds,
        "calls": verdict.usage.calls,
        "blocked": str(verdict.outcome.blocked) if verdict.outcome.blocked else None,
        "ended": verdict.ended or None,
    }


def measured_of(
    verdict: Verdict, case: Case, rubric: Rubric, headlines: Sequence[str], suite: str | None
) -> list[tuple[str, float | None, bool]]:
    """The measures behind a run's headlines that count the case, each with its value, and whether it is the first of them."""
    one = Judged(verdict, None, Facts.of(case, suite))
    found = values_of(measures_of(headlines), one, rubric)
    return [(name, value, place == 0) for place, (name, value) in enumerate(found)]


def prompt_of(case: Case) -> str:
    """The words of a case that a search looks through: its id, its text, and what stands for images and clips."""
    return "\n".join([case.id, *(part.words for turn in case.turns for part in turn.parts)])[:SEARCHED]


def media_of(case: Case) -> Iterator[MediaRef]:
    """The images and clips of a case."""
    for turn in case.turns:
        for part in turn.parts:
            if not isinstance(part, TextPart) and part.media is not None:
                yield part.media
