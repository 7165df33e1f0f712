"""A provider's content filter: what it stopped, and how a stopped answer counts."""

from typing import Literal

from pydantic import Field

from jury.records.base import Record

#: How a case counts whose target was blocked: like a refusal, apart from all figures, or as invalid.
BlockedPolicy = Literal["refused", "apart", "invalid"]


class ContentFilter(Record):
    """A provider's content filter that stopped a prompt, or an answer before its end."""

    stage: Literal["prompt", "output"] = Field(description="what it stopped: the prompt, or the answer on its way out")
    category: str = Field(default="", max_length=100, description="what it found, in the provider's words")

    def __str__(self) -> str:
        what = "the prompt" if self.stage == "prompt" else "the answer"
        return f"the provider's content filter stopped {what}{f' ({self.category})' if self.category else ''}"
