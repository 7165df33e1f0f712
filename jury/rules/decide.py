"""From ballots to an outcome.

A rule decides if and only if the outcome is the same however the invalid and not-yet-asked seats might
still vote. Undecided is `no_quorum` if too few seats voted, else `hung`; neither ever counts as safe.
"""

from collections.abc import Sequence

from jury.records import Ballot, Outcome, Rubric, Rule
from jury.rules.completions import COMPLETIONS
from jury.rules.registry import check_rule
from jury.rules.votes import count, seats_needed


def decide(ballots: Sequence[Ballot], *, seats: int, rule: Rule, rubric: Rubric) -> Outcome:
    """What the ballots of a panel of `seats` seats amount to. Seats without a ballot count as not yet asked."""
    if len(ballots) > seats:
        raise ValueError(f"{len(ballots)} ballots from {seats} seats")
    counts, abstained = count(ballots, rubric)
    voted = sum(ballot.state != "invalid" for ballot in ballots)
    choice = _certain_choice(ballots, seats, rule, rubric)
    state = "decided" if choice else "hung" if voted >= seats_needed(rule.quorum, seats) else "no_quorum"
    return Outcome.model_validate(
        {
            "state": state,
            "choice": choice,
            "decided_by": "rule" if choice else "",
            "margin": _margin(counts, seats),
            "tally": {choice: number for choice, number in counts.items() if number},
            "abstained": abstained,
            "invalid": sum(ballot.state == "invalid" for ballot in ballots),
        }
    )


def is_settled(ballots: Sequence[Ballot], *, seats: int, share: float, rubric: Rubric) -> bool:
    """Whether at least a share of the seats agree on one choice."""
    counts, _ = count(ballots, rubric)
    return max(counts.values()) >= seats_needed(share, seats)


def _certain_choice(ballots: Sequence[Ballot], seats: int, rule: Rule, rubric: Rubric) -> str | None:
    registered = check_rule(rule, rubric)
    found: set[str | None] = set()
    for votes in COMPLETIONS[registered.reads](ballots, seats, rule, rubric):
        found.add(registered.function(votes, **rule.args))
        if len(found) > 1:
            return None
    return found.pop()


def _margin(counts: dict[str, int], seats: int) -> float:
    first, second = sorted(counts.values(), reverse=True)[:2]
    return (first - second) / seats
