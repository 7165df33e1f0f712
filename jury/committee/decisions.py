"""From verdicts on groups to what is kept, with its standing, and what is not, with its reason."""

from collections import Counter
from collections.abc import Iterable, Mapping
from statistics import median
from typing import Literal

from pydantic import Field

from jury.committee.council import motion_id
from jury.committee.grouping import Group
from jury.committee.merging import Fate, fates
from jury.committee.proposing import Proposal
from jury.records import Attempt, Ballot, Record, Standing, Verdict
from jury.shown import was_argued


class Kept(Record):
    """A group that became a scenario, with all that was merged into it."""

    number: int
    proposals: tuple[Proposal, ...]
    severity: float | None = Field(default=None, ge=0, le=9, description="median of the members' ratings")
    standing: Standing


class Rejected(Record):
    """A group that did not, and why; `into` differs from `number` where it shares another's fate."""

    number: int
    into: int
    reason: Literal["rejected", "undecided"]
    names: tuple[str, ...]
    standing: Standing


def sorted_out(groups: tuple[Group, ...], verdicts: Iterable[Verdict]) -> tuple[tuple[Kept, ...], tuple[Rejected, ...]]:
    """The groups that are kept and those that are not, each in the groups' order."""
    by_id = {verdict.case_id: verdict for verdict in verdicts}
    held = {number: by_id[motion_id(number)] for number in range(1, len(groups) + 1)}
    fate = fates({number: verdict.outcome.choice for number, verdict in held.items()})
    kept = [number for number, its in fate.items() if its.into == number and not its.reason]
    dropped = [number for number, its in fate.items() if its.reason]
    return (
        tuple(_kept(number, groups, held[number], fate) for number in kept),
        tuple(_rejected(number, groups[number - 1], held[number], fate[number]) for number in dropped),
    )


def silence(attempts: Iterable[Attempt], verdicts: Iterable[Verdict]) -> dict[str, dict[str, int]]:
    """How often each member gave nothing that could be used, by seat and kind of cause; seats without any are left out."""
    ballots = (ballot for verdict in verdicts for held in verdict.rounds for ballot in held.ballots)
    causes = Counter((one.author, one.cause.kind) for one in attempts if one.cause)
    causes.update((ballot.seat, ballot.cause.kind) for ballot in ballots if ballot.cause)
    silent: dict[str, dict[str, int]] = {}
    for (seat, kind), times in sorted(causes.items()):
        silent.setdefault(seat, {})[kind] = times
    return silent


def _kept(number: int, groups: tuple[Group, ...], verdict: Verdict, fate: Mapping[int, Fate]) -> Kept:
    joined = (other for other, its in fate.items() if its.into == number and other != number)
    proposals = tuple(one for member in (number, *joined) for one in groups[member - 1])
    ratings = [ballot.rating for ballot in _last(verdict) if ballot.rating is not None]
    severity = median(ratings) if ratings else None
    return Kept(number=number, proposals=proposals, severity=severity, standing=_standing(proposals, verdict))


def _rejected(number: int, group: Group, verdict: Verdict, fate: Fate) -> Rejected:
    standing = _standing(group, verdict)
    return Rejected.model_validate(
        {
            "number": number,
            "into": fate.into,
            "reason": fate.reason,
            "names": standing.merged,
            "standing": standing,
        }
    )


def _standing(proposals: Group, verdict: Verdict) -> Standing:
    ballots, choice = _last(verdict), verdict.outcome.choice
    otherwise = (ballot.seat for ballot in ballots if ballot.choice is not None and ballot.choice != choice)
    return Standing(
        proposed_by=tuple(sorted({proposal.author for proposal in proposals})),
        merged=tuple(dict.fromkeys(proposal.name for proposal in proposals)),
        ballots=ballots,
        dissent=tuple(otherwise) if choice is not None else (),
        argued=was_argued(verdict.rounds),
    )


def _last(verdict: Verdict) -> tuple[Ballot, ...]:
    return verdict.rounds[-1].ballots
