"""Deliberation ends where there is nothing left to settle."""

from jury.rules import decide, is_settled
from jury.stops.registry import STOPS, Standing


@STOPS.add("settled")
def settled(standing: Standing, share: float) -> bool:
    """At least a share of the seats, 0 to 1, agree on one choice; 1 is unanimity."""
    return is_settled(standing.last.ballots, seats=standing.seats, share=share, rubric=standing.jury.rubric)


@STOPS.add("decided")
def decided(standing: Standing) -> bool:
    """The rule decides on the ballots as they are."""
    jury = standing.jury
    reached = decide(standing.last.ballots, seats=standing.seats, rule=jury.rule, rubric=jury.rubric)
    return reached.state == "decided"
