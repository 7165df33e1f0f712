"""How a panel deliberates and how its ballots become an outcome."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from jury.records.base import Record
from jury.records.case import NonEmpty
from jury.records.panel import Panel
from jury.records.rubric import Rubric

Order = Literal["at_once", "in_turn"]
TieBreak = Literal["none", "positive", "foreperson", "alternate"]


class Protocol(Record):
    """Who speaks when, who sees what, and when it stops.

    A sealed ballot always opens. Deliberation rounds follow unless there are none or something stops them. In a round
    jurors vote again after hearing their neighbours' ballots, or what is said in a forum.
    With `reballot="spoken"` the positions of the last round are the final ballots; with `"sealed"` every
    juror casts one more ballot that nobody else sees.
    """

    name: NonEmpty
    seats: int | None = Field(default=None, ge=1, description="how many jurors it takes; None: any number")
    screen: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="a scout is asked first: its ballot decides if it is at least so confident; None: the panel sits at once",
    )
    opening: Order = Field(
        default="at_once",
        description="sealed ballots: all at once, or one by one until the outcome can't change",
    )
    rounds: int = Field(default=0, ge=0, le=10, description="deliberation rounds at the most")
    settled: float | None = Field(
        default=None,
        gt=0.5,
        le=1,
        description="share of the seats whose agreement ends deliberation; None: every round is held",
    )
    stops: tuple[NonEmpty, ...] = Field(
        default=(), description="what else ends deliberation, as in `stable` or `budget:tokens=20000`"
    )
    forum: NonEmpty | None = Field(
        default=None, description="who speaks before jurors vote again, as in `advocates`; None: the jurors themselves"
    )
    speaking: Order = Field(
        default="at_once",
        description="jurors state their positions at once, or one after another, each hearing all that was said so far",
    )
    topology: NonEmpty = Field(default="complete", description="who hears whom")
    anonymous: bool = Field(default=True, description="peers are shown without role or name")
    show_ratings: bool = Field(default=True, description="peers' ratings are shown")
    reballot: Literal["spoken", "sealed"] = "spoken"
    summary: bool = Field(default=False, description="a foreperson writes the reasoning of the verdict")
    jurors_see_media: bool = True

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        if self.forum is not None and not self.rounds:
            raise ValueError(f"forum {self.forum!r} needs a round to be held in; set `rounds` to 1 or more")
        if self.forum is not None and self.speaking == "in_turn":
            raise ValueError("jurors who hear a forum do not hear each other; leave out `forum` or `speaking: in_turn`")
        return self


class Rule(Record):
    """A decision rule by name, with its arguments, its tie-break and its quorum."""

    name: NonEmpty = "strict_majority"
    args: dict[str, float] = Field(default_factory=dict)
    weights: dict[str, Annotated[float, Field(ge=0, allow_inf_nan=False)]] = Field(
        default_factory=dict, description="of every juror by name, for a rule that weighs them; empty: all are equal"
    )
    tie_break: TieBreak = "none"
    quorum: float = Field(default=2 / 3, ge=0, le=1, description="share of the seats (rounded up) that must have voted")


class Jury(Record):
    """Panel + protocol + rule + rubric: all that decides how an answer is judged."""

    name: str = "jury"
    panel: Panel
    protocol: Protocol
    rule: Rule = Rule.model_construct()
    rubric: Rubric
