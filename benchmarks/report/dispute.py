"""How disputed a trial was: pure arithmetic over its ballots."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jury.records import Ballot, Verdict


@dataclass(frozen=True, order=True)
class Dispute:
    """What makes a trial disputed; the larger, the more: compared in this order.

    `disagreement` is the chance that two seats drawn with replacement ended with different votes (Gini–Simpson index,
    1 − Σ p²; 0 to 1), abstention being a vote of its own and an invalid ballot none. `changed` are minds.
    """

    disagreement: float
    changed: int
    hung: bool
    rounds: int

    @property
    def is_one(self) -> bool:
        """Whether there was any dispute at all."""
        return self.disagreement > 0 or self.changed > 0 or self.hung


def dispute_of(verdict: Verdict) -> Dispute:
    """How disputed a trial was."""
    last = verdict.rounds[-1].ballots if verdict.rounds else ()
    return Dispute(
        disagreement=disagreement(last),
        changed=len(verdict.changed),
        hung=verdict.outcome.state == "hung",
        rounds=len(verdict.rounds),
    )


def disagreement(ballots: Sequence[Ballot]) -> float:
    """1 − Σ p² over the votes of ballots that can be read; 0 where there are none."""
    votes = Counter(ballot.choice or "abstain" for ballot in ballots if ballot.state != "invalid")
    return 1 - sum((number / votes.total()) ** 2 for number in votes.values()) if votes else 0.0
