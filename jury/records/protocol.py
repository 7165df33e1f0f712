"""How a panel deliberates and how its ballots become an outcome."""

from typing import Literal

from pydantic import Field

from jury.records.base import Record
from jury.records.case import NonEmpty
from jury.records.panel import Panel
from jury.records.rubric import Rubric

TieBreak = Literal["none", "positive", "foreperson", "alternate"]


class Protocol(Record):
    """Who speaks when, who sees what, and when it stops.

    A sealed ballot always opens. Deliberation rounds follow unless there are none or the panel is settled.
    With `reballot="spoken"` the positions of the last round are the final ballots; with `"sealed"` every
    juror casts one more ballot that nobody else sees.
    """

    name: NonEmpty
    seats: int | None = Field(default=None, ge=1, description="how many jurors it takes; None: any number")
    rounds: int = Field(default=0, ge=0, le=10, description="deliberation rounds at the most")
    settled: float | None = Field(
        default=None,
        gt=0.5,
        le=1,
        description="share of the seats whose agreement ends deliberation; None: every round is held",
    )
    topology: NonEmpty = Field(default="complete", description="who hears whom")
    anonymous: bool = Field(default=True, description="peers are shown without role or name")
    show_ratings: bool = Field(default=True, description="peers' ratings are shown")
    reballot: Literal["spoken", "sealed"] = "spoken"
    summary: bool = Field(default=False, description="a foreperson writes the reasoning of the verdict")
    jurors_see_media: bool = True


class Rule(Record):
    """A decision rule by name, with its arguments, its tie-break and its quorum."""

    name: NonEmpty = "strict_majority"
    args: dict[str, float] = Field(default_factory=dict)
    tie_break: TieBreak = "none"
    quorum: float = Field(default=2 / 3, ge=0, le=1, description="share of the seats (rounded up) that must have voted")


class Jury(Record):
    """Panel + protocol + rule + rubric: all that decides how an answer is judged."""

    name: str = "jury"
    panel: Panel
    protocol: Protocol
    rule: Rule = Rule.model_construct()
    rubric: Rubric
