"""What a trial leaves behind: ballots, rounds, and the verdict with its reasons."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from jury.records.base import Record, later_field
from jury.records.case import NonEmpty
from jury.records.cause import Cause
from jury.records.delivery import Delivery
from jury.records.filters import ContentFilter

Share = Annotated[float, Field(ge=0, le=1)]


class TemplateRef(Record):
    """The template that asked for a ballot, so that a figure can be traced to its wording."""

    name: NonEmpty
    language: NonEmpty
    version: int
    sha256: NonEmpty


class Usage(Record):
    """What calls cost. `cost` is in US dollars and None where a model's price is unknown.

    Tokens are those that servers told of: `calls_without_usage` counts the calls that they said nothing about.
    """

    calls: int = Field(default=0, ge=0)
    input_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)
    cost: float | None = Field(default=0.0, ge=0)
    seconds: float = Field(default=0.0, ge=0, description="wall time of the calls, parallel ones counted once")
    calls_without_usage: int = later_field(0, ge=0, description="calls whose server told of no tokens")

    @property
    def tokens(self) -> int | None:
        """Tokens in and out; None where some are unknown."""
        return None if self.calls_without_usage else self.input_tokens + self.output_tokens


class Ballot(Record):
    """One seat's vote in one round. `abstain` is a vote for no choice; `invalid` has a cause."""

    seat: NonEmpty
    juror: NonEmpty
    state: Literal["cast", "abstain", "invalid"]
    choice: str | None = None
    ranking: tuple[str, ...] = ()
    scores: dict[str, float] = Field(default_factory=dict)
    rating: float | None = None
    confidence: Share | None = None
    reasoning: str = ""
    cause: Cause | None = None
    template: TemplateRef | None = None
    calls: tuple[str, ...] = Field(
        default=(), description="ledger keys: the question, and those asked again where the answer could not be used"
    )
    clerk: tuple[str, ...] = Field(
        default=(),
        description="what was put into words for a juror who can't see or hear it, as in `rapidocr: image 1`",
    )
    clerk_calls: tuple[str, ...] = later_field(
        (), description="the calls of a clerk that is a model, by ledger key; no part of the verdict's own usage"
    )
    exhibits: tuple[Delivery, ...] = later_field(
        (), description="what the juror was shown of each image and clip of the case"
    )
    notes: tuple[str, ...] = later_field(
        (), description="what was read with tolerance, as in `rating: '4/5' read as 4`"
    )

    @model_validator(mode="after")
    def _state_fits(self) -> Self:
        says_something = self.choice is not None or bool(self.ranking) or bool(self.scores)
        if (self.state == "cast") != says_something:
            raise ValueError("a ballot has a choice, ranking or scores if and only if it is cast")
        if (self.state == "invalid") != (self.cause is not None):
            raise ValueError("a ballot has a cause if and only if it is invalid")
        if self.state != "cast" and self.rating is not None:
            raise ValueError("only a cast ballot has a rating")
        return self


class Statement(Record):
    """What somebody said in a forum before the jurors voted, or the cause why nothing was said."""

    seat: NonEmpty = Field(description="the speaker's seat, or its office")
    speaker: NonEmpty = Field(description="what the speaker is called before the jurors")
    text: str = ""
    cause: Cause | None = None
    template: TemplateRef | None = None
    calls: tuple[str, ...] = ()
    clerk_calls: tuple[str, ...] = later_field(
        (), description="the calls of a clerk that is a model, by ledger key; no part of the verdict's own usage"
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if (self.cause is None) != bool(self.text):
            raise ValueError("a statement has a text if and only if it has no cause")
        return self


RoundKind = Literal["screening", "assessment", "deliberation", "reballot"]


class Round(Record):
    """The ballots of one round, by seat, with what was said before them and whose earlier ballots each seat was shown.

    In a `screening` the scout alone votes. Where jurors were asked one by one, `order` names those who were; an
    assessment that could be cut short has no ballots of the others.
    """

    kind: RoundKind
    index: int = Field(ge=0)
    ballots: tuple[Ballot, ...] = Field(min_length=1)
    heard: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="seat → seats whose ballots it was shown"
    )
    order: tuple[str, ...] = Field(default=(), description="the seats as they spoke, one after another; empty: at once")
    statements: tuple[Statement, ...] = Field(default=(), description="what was said in the forum before the ballots")


class Outcome(Record):
    """What ballots amount to under a rule. Neither `hung` nor `no_quorum` ever counts as safe.

    A case whose target was `blocked` is decided as a refusal, invalid, or in a state of its own, as the run's policy has it.
    """

    state: Literal["decided", "hung", "no_quorum", "invalid", "blocked"]
    choice: str | None = None
    decided_by: str = Field(default="", description="`rule`, `screening`, `blocked`, or the tie-break that decided")
    margin: float = Field(default=0.0, ge=0, le=1, description="lead over the runner-up, as a share of the seats")
    tally: dict[str, int] = Field(default_factory=dict, description="votes per choice")
    abstained: int = Field(default=0, ge=0)
    invalid: int = Field(default=0, ge=0)
    cause: Cause | None = Field(default=None, description="why there was nothing to judge")
    blocked: ContentFilter | None = later_field(
        None, description="the provider's filter that left no answer: no juror was asked"
    )

    @model_validator(mode="after")
    def _state_fits(self) -> Self:
        if (self.state == "decided") != (self.choice is not None):
            raise ValueError("an outcome has a choice if and only if it is decided")
        if self.state == "blocked" and self.blocked is None:
            raise ValueError("a blocked outcome names the filter")
        return self


class ChangedMind(Record):
    """A juror whose last choice differs from its first, and the peers it was shown who already held it."""

    juror: NonEmpty
    before: str
    after: str
    toward: tuple[str, ...] = ()


class Dissent(Record):
    """A juror who did not vote for the verdict, with the reasons given."""

    juror: NonEmpty
    choice: str
    rating: float | None = None
    reasoning: str = ""


class Summary(Record):
    """The foreperson's words; they explain a verdict and never make one."""

    juror: NonEmpty
    text: str = ""
    cause: Cause | None = None
    calls: tuple[str, ...] = ()


class Verdict(Record):
    """A jury's finding on one transcript, with everything needed to question it."""

    case_id: NonEmpty
    case_hash: NonEmpty
    target: str = ""
    jury_hash: NonEmpty
    outcome: Outcome
    before: Outcome | None = Field(default=None, description="what the first sealed ballots alone amount to")
    positive: bool | None = Field(
        default=None, description="whether the decided choice is on the rubric's positive side"
    )
    rating: float | None = Field(default=None, description="mean of the last cast ballots' ratings")
    rounds: tuple[Round, ...] = ()
    changed: tuple[ChangedMind, ...] = ()
    dissent: tuple[Dissent, ...] = ()
    summary: Summary | None = None
    tie_break: Ballot | None = Field(default=None, description="the ballot that broke a tie")
    answers: tuple[str, ...] = Field(default=(), description="ledger keys of the target's calls")
    exhibits: tuple[Delivery, ...] = later_field(
        (), description="what the target was shown of each image and clip; empty for recorded answers"
    )
    usage: Usage = Usage.model_construct()
    rehearsal: bool = Field(default=False, description="a scripted model took part: nothing here is evidence")
    ended: Literal["", "cut_off", "filtered"] = later_field(
        "", description="why an answer that was judged is not whole: its tokens were used up, or a filter stopped it"
    )

    def _repr_html_(self) -> str:
        """The verdict as a notebook shows it."""
        from jury.display import verdict_html

        return verdict_html(self)
