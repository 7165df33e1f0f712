"""Ballots item by item, as learned rules see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jury.records import Ballot, Rubric
from jury.rules import first_choice

#: Votes as whole numbers: items in rows, jurors in columns, a choice's place in the rubric, −1 where there is none.
Matrix = NDArray[np.int64]
Floats = NDArray[Any]

#: Stands in a matrix for a ballot that says nothing: an abstention, an invalid ballot, one that was never cast.
NOTHING = -1


@dataclass(frozen=True)
class Sheet:
    """The ballots on one item; `gold` is the true choice, None where nobody knows it or it is hidden from who learns."""

    item: str
    ballots: tuple[Ballot, ...]
    gold: str | None = None

    @property
    def hidden(self) -> "Sheet":
        """The sheet without its gold."""
        return replace(self, gold=None)


def distinct(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The sheets with every item once, however often it is listed; sorted, so that their order can't matter."""
    return [sheet for _, sheet in sorted({sheet.item: sheet for sheet in sheets}.items())]


def matrix_of(sheets: Sequence[Sheet], jurors: Sequence[str], rubric: Rubric) -> Matrix:
    """The votes of some jurors, by name, on some items."""
    place = {choice: at for at, choice in enumerate(rubric.choices)}
    column = {juror: at for at, juror in enumerate(jurors)}
    votes = np.full((len(sheets), len(jurors)), NOTHING, dtype=np.int64)
    for row, sheet in enumerate(sheets):
        for ballot in sheet.ballots:
            choice = first_choice(ballot)
            if choice is not None and ballot.juror in column:
                votes[row, column[ballot.juror]] = place[choice]
    return votes


def truth_of(sheets: Sequence[Sheet], rubric: Rubric) -> Matrix:
    """The gold of some items as places in the rubric, −1 where there is none."""
    place = {choice: at for at, choice in enumerate(rubric.choices)}
    return np.array([place.get(sheet.gold or "", NOTHING) for sheet in sheets], dtype=np.int64)
