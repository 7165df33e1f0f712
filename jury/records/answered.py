"""What a target said to a case, and how it was asked."""

from typing import Self

from pydantic import Field

from jury.records.base import JsonObject, Record, later_field
from jury.records.case import Answer, Case, NonEmpty, Transcript
from jury.records.delivery import Delivery
from jury.records.target import Target
from jury.records.trial import TemplateRef, Usage


class Asked(Record):
    """How a target was asked: its wrapper in the case's language, its system prompt, its decoding settings."""

    wrapper: TemplateRef
    system: str = ""
    temperature: float
    max_tokens: int
    seed: int | None = None
    api_base: str | None = None
    params: JsonObject = Field(default_factory=dict)

    @classmethod
    def of(cls, target: Target, wrapper: TemplateRef) -> Self:
        """How a target is asked with a wrapper."""
        stated = target.model_dump(include=cls.model_fields.keys() - {"wrapper"})
        return cls(wrapper=wrapper, **stated)


class Answered(Record):
    """A target's answers to one case, up to the first that failed, and how it was asked for them."""

    case_id: NonEmpty
    case_hash: NonEmpty
    target: NonEmpty
    asked: Asked
    answers: tuple[Answer, ...] = Field(min_length=1)
    usage: Usage = Usage.model_construct()
    exhibits: tuple[Delivery, ...] = later_field(
        (),
        description="what the target was shown of each image and clip; in a case not asked, what it could not be",
    )
    rehearsal: bool = Field(default=False, description="a scripted model answered: nothing here is evidence")

    @property
    def valid(self) -> bool:
        """Whether no answer failed; a block is the target's answer too."""
        return all(answer.state != "invalid" for answer in self.answers)

    @property
    def blocked(self) -> bool:
        """Whether the provider's content filter left an answer without a word."""
        return any(answer.state == "blocked" for answer in self.answers)

    def transcript(self, case: Case) -> Transcript:
        """The case with these answers."""
        return Transcript(case=case, target=self.target, answers=self.answers)
