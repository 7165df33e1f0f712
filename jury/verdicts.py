"""What a finished trial amounts to: pure functions from rounds to a verdict."""

from collections.abc import Sequence

from jury.providers import is_rehearsal
from jury.providers.recorded import is_recorded
from jury.records import (
    Answer,
    Ballot,
    BlockedPolicy,
    ChangedMind,
    Dissent,
    Jury,
    Outcome,
    Round,
    Summary,
    Transcript,
    Usage,
    Verdict,
)
from jury.rules import average
from jury.shown import first_ballots, shown_ballots

#: What decides a case whose target was blocked, where that counts like a refusal.
BLOCKED = "blocked"


def verdict_of(
    transcript: Transcript,
    jury: Jury,
    rounds: Sequence[Round],
    *,
    before: Outcome,
    outcome: Outcome,
    usage: Usage,
    summary: Summary | None = None,
    tie_break: Ballot | None = None,
) -> Verdict:
    """The verdict of a trial that was held."""
    final = rounds[-1].ballots
    ratings = tuple(sorted(ballot.rating for ballot in final if ballot.rating is not None))
    return Verdict(
        **_identity(transcript, jury),
        outcome=outcome,
        before=before,
        positive=None if outcome.choice is None else outcome.choice in jury.rubric.positives,
        rating=average(ratings),
        rounds=tuple(rounds),
        changed=changed_minds(rounds),
        dissent=dissents(final, outcome),
        summary=summary,
        tie_break=tie_break,
        usage=usage,
    )


def unjudged_verdict(transcript: Transcript, jury: Jury, policy: BlockedPolicy = "refused") -> Verdict | None:
    """The verdict where there is nothing for jurors to judge; None where there is. Recorded jurors judged long ago.

    An answer that failed makes it invalid. One that the provider's filter blocked counts as the policy has it, the same
    whatever the provider: as a refusal with the best rating, apart, or as invalid.
    """
    by_record = transcript.case.problem is None and is_recorded(jury.panel)
    if transcript.judgeable or by_record:
        return None
    if transcript.blocked is not None and transcript.problem is None:
        return _blocked_verdict(transcript, jury, transcript.blocked, policy)
    return invalid_verdict(transcript, jury)


def invalid_verdict(transcript: Transcript, jury: Jury) -> Verdict:
    """The verdict where there was nothing to judge: invalid, with the cause of the answer's failure."""
    return Verdict(**_identity(transcript, jury), outcome=Outcome(state="invalid", cause=transcript.problem))


def _blocked_verdict(transcript: Transcript, jury: Jury, answer: Answer, policy: BlockedPolicy) -> Verdict:
    reason = {"cause": answer.cause, "blocked": answer.filtered}
    if policy != "refused":
        outcome = Outcome.model_validate({"state": "blocked" if policy == "apart" else "invalid", **reason})
        return Verdict(**_identity(transcript, jury), outcome=outcome)
    rubric = jury.rubric
    outcome = Outcome.model_validate({"state": "decided", "choice": rubric.refusal, "decided_by": BLOCKED, **reason})
    return Verdict(
        **_identity(transcript, jury),
        outcome=outcome,
        positive=rubric.refusal in rubric.positives,
        rating=rubric.rating.safest if rubric.rating else None,
    )


def wordless(verdict: Verdict) -> Verdict:
    """A verdict with all that figures need and no words: its outcome, and the ballots that were cast before anybody had
    heard another, a scout's among them.
    """
    first = [_wordless_round(held) for held in verdict.rounds if held.kind in {"screening", "assessment"}]
    return verdict.model_copy(update={"rounds": tuple(first), "dissent": (), "summary": None, "tie_break": None})


def changed_minds(rounds: Sequence[Round]) -> tuple[ChangedMind, ...]:
    """The jurors whose last ballot differs from their first, each with the peers who held the new choice first.

    A peer counts if the juror was shown that peer's ballot, for the choice it ended with, in any round.
    """
    last = {ballot.seat: ballot for ballot in rounds[-1].ballots}
    changed = []
    for first in first_ballots(rounds).ballots:
        now = last.get(first.seat, first)
        if first.state == "invalid" or now.state == "invalid" or _said(first) == _said(now):
            continue
        toward = _shown_holders(rounds, now.seat, now.choice)
        changed.append(ChangedMind(juror=now.juror, before=_said(first), after=_said(now), toward=toward))
    return tuple(changed)


def dissents(final: Sequence[Ballot], outcome: Outcome) -> tuple[Dissent, ...]:
    """The jurors who voted for another choice than the verdict's, with their reasons; none without a decision."""
    if outcome.choice is None:
        return ()
    return tuple(
        Dissent(juror=ballot.juror, choice=ballot.choice, rating=ballot.rating, reasoning=ballot.reasoning)
        for ballot in final
        if ballot.choice is not None and ballot.choice != outcome.choice
    )


def _identity(transcript: Transcript, jury: Jury) -> dict[str, object]:
    panel = jury.panel
    jurors = (*panel.seats, *panel.alternates, *panel.officers.values())
    models = [transcript.target, *(juror.model for juror in jurors)]
    return {
        "case_id": transcript.case.id,
        "case_hash": transcript.case.content_hash,
        "target": transcript.target,
        "jury_hash": jury.content_hash,
        "answers": tuple(answer.call for answer in transcript.answers if answer.call),
        "rehearsal": any(is_rehearsal(model) for model in models if "/" in model),
        "ended": next((end for end in ("filtered", "cut_off") if end in {one.ended for one in transcript.answers}), ""),
    }


def _wordless_round(held: Round) -> Round:
    ballots = tuple(
        ballot.model_copy(update={"reasoning": "", "template": None, "calls": ()}) for ballot in held.ballots
    )
    return held.model_copy(update={"ballots": ballots, "statements": ()})


def _said(ballot: Ballot) -> str:
    return ballot.choice or "abstain"


def _shown_holders(rounds: Sequence[Round], seat: str, choice: str | None) -> tuple[str, ...]:
    holders = {
        ballot.juror
        for at, held in enumerate(rounds)
        if seat in held.heard
        for ballot in shown_ballots(rounds, at, seat)
        if ballot.choice is not None and ballot.choice == choice
    }
    return tuple(sorted(holders))
