"""The course of a trial: what follows from the rounds that are closed. Pure functions over a protocol."""

from collections.abc import Collection, Sequence
from typing import Literal

from jury.panel import Seat
from jury.records import Ballot, Jury, Outcome, Protocol, Round, RoundKind
from jury.rules import decide
from jury.stops import Standing, stopped
from jury.table import Table

#: What may come next: a round of ballots, what is said before one, or the end.
Step = Literal["screen", "assess", "hold_forum", "deliberate", "weigh", "reballot", "close"]

ROUND_OF: dict[Step, RoundKind] = {
    "screen": "screening",
    "assess": "assessment",
    "deliberate": "deliberation",
    "weigh": "deliberation",
    "reballot": "reballot",
}


def first_step(protocol: Protocol) -> Step:
    """A scout's ballot if the protocol screens, else the panel's sealed ones."""
    return "assess" if protocol.screen is None else "screen"


def next_step(standing: Standing) -> Step:
    """What follows the round closed last."""
    protocol, last = standing.jury.protocol, standing.last
    if last.kind == "screening":
        return "close" if is_sure(last.ballots[0], protocol) else "assess"
    if last.kind == "reballot" or _cut_short(last, standing.seats):
        return "close"
    held = sum(one.kind == "deliberation" for one in standing.rounds)
    if held < protocol.rounds and not stopped(standing):
        return "deliberate" if protocol.forum is None else "hold_forum"
    return "reballot" if held and protocol.reballot == "sealed" else "close"


def waiting(step: Step, protocol: Protocol, table: Table, asked: Collection[str]) -> tuple[Seat, ...]:
    """Whom a round of ballots asks next: all seats not asked yet, or the first of them where they speak in turn."""
    left = tuple(seat for seat in table.circle if seat.id not in asked)
    return left[:1] if in_turn(step, protocol) else left


def is_over(step: Step, jury: Jury, ballots: Sequence[Ballot], seats: int) -> bool:
    """Whether a round can be closed: all have voted, or those who have not could not change the outcome."""
    if step == "screen" or len(ballots) == seats:
        return True
    certain = decide(ballots, seats=seats, rule=jury.rule, rubric=jury.rubric).state == "decided"
    return step == "assess" and in_turn(step, jury.protocol) and certain


def in_turn(step: Step, protocol: Protocol) -> bool:
    """Whether jurors are asked one after another in a round of ballots."""
    order = {"assess": protocol.opening, "deliberate": protocol.speaking}.get(step, "at_once")
    return order == "in_turn"


def is_sure(ballot: Ballot, protocol: Protocol) -> bool:
    """Whether a scout's ballot names a choice and is confident enough to do without a panel."""
    return (
        protocol.screen is not None
        and ballot.choice is not None
        and ballot.confidence is not None
        and ballot.confidence >= protocol.screen
    )


def outcome_of(jury: Jury, closed: Round, seats: int) -> Outcome:
    """What a round's ballots amount to: under the jury's rule or, in a screening, the scout's if it is sure."""
    if closed.kind != "screening":
        return decide(closed.ballots, seats=seats, rule=jury.rule, rubric=jury.rubric)
    alone = decide(closed.ballots, seats=1, rule=jury.rule.but(name="strict_majority", args={}), rubric=jury.rubric)
    if is_sure(closed.ballots[0], jury.protocol):
        return alone.but(decided_by="screening")
    return alone.but(state="hung", choice=None, decided_by="")


def _cut_short(last: Round, seats: int) -> bool:
    return last.kind == "assessment" and len(last.ballots) < seats
