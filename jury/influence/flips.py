"""Votes that changed between the first sealed ballot and the last, right and wrong told apart where the truth is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jury.records import Ballot, Round
from jury.rules import first_choice
from jury.shown import first_ballots


@dataclass(frozen=True)
class Flips:
    """How many jurors, over all trials, changed from a right choice to a wrong one, the other way round, or else.

    `votes` are the ballots that were cast for a choice both times.
    """

    votes: int = 0
    right_to_wrong: int = 0
    wrong_to_right: int = 0
    other: int = 0

    def __add__(self, more: "Flips") -> "Flips":
        return Flips(
            self.votes + more.votes,
            self.right_to_wrong + more.right_to_wrong,
            self.wrong_to_right + more.wrong_to_right,
            self.other + more.other,
        )


def flips(trials: Iterable[tuple[Sequence[Round], str | None]]) -> Flips:
    """The flips of some trials, each its rounds and the truth. Without a truth every change is an `other`."""
    return sum((_of_trial(rounds, truth) for rounds, truth in trials if rounds), Flips())


def _of_trial(rounds: Sequence[Round], truth: str | None) -> Flips:
    last = {ballot.seat: ballot for ballot in rounds[-1].ballots}
    found = Flips()
    for first in first_ballots(rounds).ballots:
        found += _of_juror(first, last.get(first.seat, first), truth)
    return found


def _of_juror(first: Ballot, last: Ballot, truth: str | None) -> Flips:
    before, after = first_choice(first), first_choice(last)
    if before is None or after is None:
        return Flips()
    if before == after:
        return Flips(votes=1)
    lost, won = truth is not None and before == truth, truth is not None and after == truth
    return Flips(1, int(lost), int(won), int(not lost and not won))
