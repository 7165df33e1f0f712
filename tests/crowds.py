"""Ballots of made-up crowds, for tests of what is learned from them."""

import random

from jury.crowd import Sheet
from jury.records import Ballot, Cause, Rubric


def sheet(item: str, votes: dict[str, str | None], gold: str | None, confidence: float | None = None) -> Sheet:
    """The ballots on one item by juror: a choice, "abstain", or None for an invalid one."""
    return Sheet(item, tuple(_ballot(juror, vote, confidence) for juror, vote in votes.items()), gold)


def biased_crowd(items: int, seed: int) -> tuple[list[Sheet], Rubric, tuple[str, ...]]:
    """Seven jurors on even classes: five say `safe` to nearly everything and the wrong thing more often than not; two look."""
    rng = random.Random(seed)
    rubric = Rubric(name="pair", choices=("safe", "unsafe"), positive="unsafe")
    jurors = tuple(f"juror {at}" for at in range(7))
    sheets = []
    for number in range(items):
        gold = rng.choice(rubric.choices)
        votes: dict[str, str | None] = {}
        for at, juror in enumerate(jurors):
            if at < 5:
                votes[juror] = "unsafe" if rng.random() < (0.35 if gold == "safe" else 0.1) else "safe"
            else:
                right = rng.random() < 0.9
                votes[juror] = gold if right else ({"safe", "unsafe"} - {gold}).pop()
        sheets.append(sheet(f"item {number}", votes, gold))
    return sheets, rubric, jurors


def _ballot(juror: str, vote: str | None, confidence: float | None) -> Ballot:
    if vote is None:
        return Ballot(seat=juror, juror=juror, state="invalid", cause=Cause(kind="error"))
    if vote == "abstain":
        return Ballot(seat=juror, juror=juror, state="abstain", confidence=confidence)
    return Ballot(seat=juror, juror=juror, state="cast", choice=vote, confidence=confidence)
