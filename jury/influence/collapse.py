"""Disagreement collapse: panels that were of several minds before they argued, and of one mind after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2

from jury.records import Round
from jury.rules import first_choice
from jury.shown import first_ballots


@dataclass(frozen=True)
class Collapse:
    """Of `divided` panels, `collapsed` ended of one mind, `to_truth` of them on the truth.

    `entropy_before` and `entropy_after` are the mean Shannon entropies of their votes, in bits; None without any.
    """

    divided: int
    collapsed: int
    to_truth: int
    entropy_before: float | None
    entropy_after: float | None

    @property
    def share(self) -> float | None:
        """The share of divided panels that ended of one mind."""
        return self.collapsed / self.divided if self.divided else None


def collapse(trials: Iterable[tuple[Sequence[Round], str | None]]) -> Collapse:
    """The collapse of some trials, each its rounds and the truth, if it is known."""
    divided = [
        (before, after, truth)
        for rounds, truth in trials
        if rounds
        for before, after in [(_votes(first_ballots(rounds)), _votes(rounds[-1]))]
        if len(set(before)) > 1
    ]
    ended = [(after[0], truth) for _, after, truth in divided if len(set(after)) == 1]
    count = len(divided)
    return Collapse(
        count,
        len(ended),
        sum(truth is not None and choice == truth for choice, truth in ended),
        sum(_entropy(before) for before, _, _ in divided) / count if count else None,
        sum(_entropy(after) for _, after, _ in divided) / count if count else None,
    )


def _votes(held: Round) -> list[str]:
    return [choice for ballot in held.ballots if (choice := first_choice(ballot)) is not None]


def _entropy(votes: Sequence[str]) -> float:
    shares = [votes.count(choice) / len(votes) for choice in set(votes)]
    return -sum(share * log2(share) for share in shares)
