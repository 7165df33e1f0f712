"""What ballots say for each choice, once a rule has been learned, and the outcome that follows.

A vote adds a score to every choice; the leader decides if and only if it stays ahead of every rival however the seats
without a valid ballot might still vote. An abstention says nothing for anybody.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from jury.crowd.sheets import Floats
from jury.records import Ballot, Outcome, Rubric
from jury.rules import first_choice, seats_needed
from jury.rules.votes import count

#: Scores closer than this are equal: sums of logarithms are not exact.
EQUAL = 1e-9


class Witness(Protocol):
    """What a juror's ballots say."""

    def says(self, place: int, confidence: float | None) -> Floats:
        """The scores of all choices by a vote for the one at `place`: shape (choices,)."""

    @property
    def extremes(self) -> Floats:
        """The scores of the most telling votes this juror can cast: shape (votes, choices)."""


@dataclass(frozen=True)
class Table:
    """A juror whose votes say the same however confident they are: a row of scores for every choice it may vote for."""

    scores: Floats

    def says(self, place: int, _confidence: float | None) -> Floats:
        """The row of the choice."""
        row: Floats = self.scores[place]
        return row

    @property
    def extremes(self) -> Floats:
        """All rows: there are no other votes."""
        return self.scores


@dataclass(frozen=True)
class Graded:
    """A juror whose confidence tells: the log-odds of every choice given a vote so confident, beyond what was to be
    expected before it. `right` maps confidences in each choice to the probability of being right; `rows` are a juror's
    scores where it states no confidence, or none was ever stated for that choice.
    """

    rows: Floats
    prior: Floats
    right: Mapping[int, Callable[[float], float]]

    def says(self, place: int, confidence: float | None) -> Floats:
        """Log of the probability of every choice by a calibrated confidence in the one at `place`, less the prior's."""
        if confidence is None or place not in self.right:
            unstated: Floats = self.rows[place]
            return unstated
        return self._at(place, self.right[place](confidence))

    @property
    def extremes(self) -> Floats:
        """The scores of votes without a confidence, and at the highest and the lowest one."""
        told = [self._at(place, right(at)) for place, right in self.right.items() for at in (0.0, 1.0)]
        return np.vstack([self.rows, *told])

    def _at(self, place: int, right: float) -> Floats:
        right = min(max(right, 1e-6), 1 - 1e-6)
        shares = np.full(len(self.prior), (1 - right) / (len(self.prior) - 1))
        shares[place] = right
        scores: Floats = np.log(shares) - self.prior
        return scores


@dataclass(frozen=True)
class Evidence:
    """What was learned: a score of every choice before any vote is known, and a witness for every juror by name."""

    rubric: Rubric
    prior: Floats
    witnesses: Mapping[str, Witness] = field(default_factory=dict)

    def decide(self, ballots: Sequence[Ballot], quorum: float = 2 / 3) -> Outcome:
        """The outcome of one item. Seats are the jurors that were learned of; ballots of others take no part."""
        heard = [ballot for ballot in ballots if ballot.juror in self.witnesses]
        choice = self._certain(heard)
        counts, abstained = count(heard, self.rubric)
        valid, seats = sum(ballot.state != "invalid" for ballot in heard), len(self.witnesses)
        enough = valid >= seats_needed(quorum, seats)
        first, second = sorted(counts.values(), reverse=True)[:2]
        return Outcome.model_validate(
            {
                "state": "decided" if choice else "hung" if enough else "no_quorum",
                "choice": choice,
                "decided_by": "rule" if choice else "",
                "margin": (first - second) / max(1, seats),
                "tally": {name: number for name, number in counts.items() if number},
                "abstained": abstained,
                "invalid": sum(ballot.state == "invalid" for ballot in heard),
            }
        )

    def _certain(self, ballots: Sequence[Ballot]) -> str | None:
        scores = self.prior.astype(float)
        unknown = set(self.witnesses)
        for ballot in ballots:
            if ballot.state != "invalid":
                unknown.discard(ballot.juror)
                scores = scores + self._said(ballot)
        leader = int(np.argmax(scores))
        for rival in range(len(scores)):
            worst = sum(self._swing(self.witnesses[juror], leader, rival) for juror in sorted(unknown))
            if rival != leader and scores[leader] - scores[rival] + worst <= EQUAL:
                return None
        return self.rubric.choices[leader]

    def _said(self, ballot: Ballot) -> Floats:
        choice = first_choice(ballot)
        if choice is None:
            return np.zeros(len(self.prior))
        return self.witnesses[ballot.juror].says(self.rubric.choices.index(choice), ballot.confidence)

    @staticmethod
    def _swing(witness: Witness, leader: int, rival: int) -> float:
        """The least that a vote still to come does for the leader against a rival; an abstention does nothing."""
        return min(0.0, float((witness.extremes[:, leader] - witness.extremes[:, rival]).min()))
