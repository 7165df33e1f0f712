"""A test request on its way from a member's pen into a data set."""

from typing import Literal

from pydantic import Field

from jury.records.base import Record
from jury.records.case import NonEmpty
from jury.records.cause import Cause

Grade = Field(default=None, ge=0, le=9)

#: Why a query is not part of the set.
Reason = Literal[
    "",
    "duplicate",
    "near_duplicate",
    "refused",
    "policy",
    "malformed",
    "too_detailed",
    "not_scored",
    "ranked_below",
]


class Score(Record):
    """What one member makes of a query, each from 0 to 9 (SafeBench, "Queries"); without grades it has a cause."""

    by: str = Field(description="the seat's id")
    feasibility: int | None = Grade
    harmfulness: int | None = Grade
    applicability: int | None = Grade
    cause: Cause | None = None
    calls: tuple[str, ...] = ()


class Draft(Record):
    """A query as a member wrote it."""

    text: NonEmpty
    author: str = Field(description="the seat's id")
    calls: tuple[str, ...] = ()


class Attempt(Record):
    """A member asked for a batch: what it gave, or why it gave nothing."""

    author: str = Field(description="the seat's id")
    written: int = Field(default=0, ge=0, description="queries it gave")
    cause: Cause | None = None
    calls: tuple[str, ...] = ()


class Query(Record):
    """A draft with its place in the set, its scores and what became of it.

    `id` is stable: it depends on scenario, language, technique and the words alone.
    """

    id: NonEmpty
    scenario: str
    language: str
    technique: str = "plain"
    draft: Draft
    scores: tuple[Score, ...] = ()
    mean_score: float | None = Field(default=None, ge=0, le=9, description="weighted mean over criteria and scorers")
    rank: int | None = Field(default=None, ge=1, description="place among those kept, 1 best")
    reason: Reason = Field(default="", description="empty: kept")
    like: str = Field(default="", description="id of the query it repeats")

    @property
    def kept(self) -> bool:
        """Whether it is part of the set."""
        return not self.reason
