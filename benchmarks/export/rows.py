"""A finished run as a flat table: one row a case."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.exhibit_counts import not_shown
from benchmarks.metrics import Facts
from benchmarks.results import Results
from benchmarks.trial import Trial
from jury.means import MEDIA
from jury.media import MediaStore
from jury.records import Case, MediaRef, TextPart, Transcript, Usage, Verdict
from jury.shown import first_ballots

#: Columns of every run with the type of their values; None is always possible.
COLUMNS: dict[str, type] = {
    "id": str, "group": str, "variant": str, "language": str, "scenario": str, "category": str, "dimension": str,
    "technique": str, "harmless": bool, "prompt": str, "media": str, "response": str, "answer": str, "target": str,
    "state": str, "choice": str, "positive": bool, "rating": float, "margin": float, "decided_by": str, "cause": str,
    "blocked": str, "blocked_category": str, "answer_ended": str, "exhibits": str, "ballots_without_exhibit": int,
    "before": str, "truth": str, "rounds": int, "changed": int, "dissent": int, "invalid_ballots": int, "summary": str,
    "calls": int, "input_tokens": int, "output_tokens": int, "cost": float, "seconds": float, "calls_without_usage": int,
    "rehearsal": bool,
}  # fmt: skip


def columns(results: Results) -> dict[str, type]:
    """The columns of a run's table: `COLUMNS`, then `first: …` and `last: …` for the ballots of every juror."""
    jurors = list(results.document["jurors"])
    return {**COLUMNS, **{f"{when}: {name}": str for name in jurors for when in ("first", "last")}}


def rows(results: Results) -> Iterator[dict[str, Any]]:
    """One row a case, in the order of the source, one at a time.

    `state`, `choice` and `before` are the outcome's; a ballot is its choice, `abstain` or `invalid`. Images and clips are
    named by their files within the run's folder, never copied; `exhibits` says what the target was shown of them.
    """
    for trial in results.trials():
        case, verdict = trial.transcript.case, trial.verdict
        yield {
            **_case(case, results.suite),
            **_answers(trial),
            **_outcome(verdict),
            "truth": results.truth(case),
            **_ballots(verdict),
        }


def media_file(ref: MediaRef) -> str:
    """Where an image or a clip is, seen from the folder that holds the ledger: a later jury's are its run's."""
    return MediaStore(Path(MEDIA)).path(ref).as_posix()


def _case(case: Case, suite: str | None) -> dict[str, Any]:
    facts = Facts.of(case, suite)
    parts = [part for turn in case.turns for part in turn.parts]
    media = [part.media for part in parts if not isinstance(part, TextPart) and part.media]
    return {
        "id": case.id,
        "group": case.group,
        "variant": case.variant,
        "language": case.language,
        "scenario": case.scenario,
        "category": facts.category,
        "dimension": facts.word("dimension"),
        "technique": case.technique,
        "harmless": facts.harmless is True,
        "prompt": "\n\n".join(part.text for part in parts if isinstance(part, TextPart)),
        "media": " ".join(media_file(ref) for ref in media),
    }


def _answers(trial: Trial) -> dict[str, Any]:
    answers = trial.transcript.answers
    return {
        "response": "\n\n".join(answer.text for answer in answers if answer.state == "given"),
        "answer": _state(trial.transcript) if answers else None,
        "target": trial.transcript.target,
    }


def _state(transcript: Transcript) -> str:
    if transcript.problem is not None:
        return "invalid"
    return "blocked" if transcript.blocked is not None else "given"


def _outcome(verdict: Verdict) -> dict[str, Any]:
    outcome, before = verdict.outcome, verdict.before
    return {
        "state": outcome.state,
        "choice": outcome.choice,
        "positive": verdict.positive,
        "rating": verdict.rating,
        "margin": outcome.margin,
        "decided_by": outcome.decided_by or None,
        "cause": outcome.cause.kind if outcome.cause else None,
        "blocked": outcome.blocked.stage if outcome.blocked else None,
        "blocked_category": (outcome.blocked.category or None) if outcome.blocked else None,
        "answer_ended": verdict.ended or None,
        "exhibits": "; ".join(str(one) for one in verdict.exhibits) or None,
        "ballots_without_exhibit": sum(
            bool(not_shown(ballot.exhibits)) for held in verdict.rounds for ballot in held.ballots
        ),
        "before": (before.choice or before.state) if before else None,
        "rounds": len(verdict.rounds),
        "changed": len(verdict.changed),
        "dissent": len(verdict.dissent),
        "invalid_ballots": outcome.invalid,
        "summary": verdict.summary.text if verdict.summary else None,
        **{name: getattr(verdict.usage, name) for name in Usage.model_fields},
        "rehearsal": verdict.rehearsal,
    }


def _ballots(verdict: Verdict) -> dict[str, str]:
    rounds = verdict.rounds
    held = {"first": [first_ballots(rounds)] if rounds else [], "last": rounds[-1:]}
    return {
        f"{when}: {ballot.juror}": ballot.choice or ballot.state
        for when, rounds in held.items()
        for one in rounds
        for ballot in one.ballots
    }
