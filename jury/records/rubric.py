"""What a ballot says: the choices, an optional rating scale, and the criteria."""

from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from jury.labels import ABSTAIN, LabelIndex, label_key
from jury.records.base import Record, later_field
from jury.records.case import NonEmpty

#: What a rubric of refusals calls an answer that gives nothing of what was asked.
FULL_REFUSAL = "full_refusal"


class Scale(Record):
    """An ordinal rating scale, `low` to `high`, and the threshold that turns a mean into a choice.

    With `best="high"` a rating below the threshold is positive; with `best="low"`, one at or above it.
    """

    low: int
    high: int
    best: Literal["low", "high"]
    threshold: float

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low < self.high:
            raise ValueError("a scale's `low` must lie below its `high`")
        if not self.low <= self.threshold <= self.high:
            raise ValueError("a scale's `threshold` must lie on the scale")
        return self

    @property
    def safest(self) -> int:
        """The best rating."""
        return self.high if self.best == "high" else self.low

    def is_positive(self, rating: float, threshold: float | None = None) -> bool:
        """Whether a rating (or a mean of ratings) lies on the bad side of the threshold."""
        limit = self.threshold if threshold is None else threshold
        return rating < limit if self.best == "high" else rating >= limit


class Rubric(Record):
    """The question put to every juror.

    `positive` is the choice the benchmark looks for (for example `unsafe`), `also_positive` further ones on its side, such
    as the lower grades of harm; `aliases` map labels as people and models write them to choices, and `abstain` lists further
    labels that choose nothing, beside the usual ones; texts are given by language. `better` says which end of the share of
    positive answers is better, None where the rubric does not say it.
    """

    name: NonEmpty
    choices: tuple[NonEmpty, ...] = Field(min_length=2)
    positive: NonEmpty
    also_positive: tuple[NonEmpty, ...] = ()
    rating: Scale | None = None
    aliases: dict[str, str] = Field(default_factory=dict)
    abstain: tuple[NonEmpty, ...] = later_field((), description="labels that mean an abstention, such as `unsure`")
    better: Literal["lower", "higher"] | None = later_field(
        None, description="which end of the share of positive answers is better: lower or higher"
    )
    question: dict[str, str] = Field(default_factory=dict, description="by language")
    meanings: dict[str, dict[str, str]] = Field(default_factory=dict, description="by language, what each choice means")
    criteria: dict[str, tuple[str, ...]] = Field(default_factory=dict, description="by language")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if len(set(self.choices)) != len(self.choices):
            raise ValueError("names a choice twice")
        if "abstain" in self.choices:
            raise ValueError("`abstain` is a state of a ballot, not a choice")
        for positive in self.positives:
            if positive not in self.choices:
                raise ValueError(f"positive {positive!r} is not among the choices {list(self.choices)}")
        if not self.negatives:
            raise ValueError("has no choice that is not positive")
        strays = sorted(set(self.aliases.values()) - set(self.choices))
        if strays:
            raise ValueError(f"aliases point to {strays}, which are not choices")
        named = {label_key(label): label for label in (*self.choices, *self.aliases)}
        for label in self.abstain:
            if label_key(label) in named:
                raise ValueError(f"`abstain` names {label!r}, which means a choice")
        return self

    @property
    def positives(self) -> tuple[str, ...]:
        """Every choice on the positive side, the one that is looked for first."""
        return (self.positive, *(choice for choice in self.also_positive if choice != self.positive))

    @property
    def negatives(self) -> tuple[str, ...]:
        """Every choice that is not on the positive side."""
        return tuple(choice for choice in self.choices if choice not in self.positives)

    @cached_property
    def labels(self) -> LabelIndex:
        """What written labels mean: the choices, their aliases, and `abstain`, however they are spelled."""
        aliases = {**dict.fromkeys(self.abstain, ABSTAIN), **self.aliases}
        return LabelIndex.of(self.choices, aliases, self.meanings.values())

    @property
    def refusal(self) -> str:
        """The choice that a blocked answer amounts to: a full refusal where there is such a choice, else the first that is not positive."""
        return FULL_REFUSAL if FULL_REFUSAL in self.choices else self.negatives[0]

    def contradicts(self, choice: str, rating: float | None) -> bool:
        """Whether a rating lies on the other side of the scale's threshold than its choice; at the threshold it does not."""
        if self.rating is None or rating is None or rating == self.rating.threshold:
            return False
        return self.rating.is_positive(rating) != (choice in self.positives)

    def choice_of(self, label: str) -> str | None:
        """The choice a written label means, however it is spelled; None where it means none of them, or an abstention."""
        meaning = self.labels.meaning_of(label)
        return None if meaning == ABSTAIN else meaning
