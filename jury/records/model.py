"""What a person knows about a model that LiteLLM's own data do not say, or say wrongly."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from jury.records.base import Record

#: How a model can be asked for JSON, best first: by a schema, by its JSON mode, in the prompt's words alone.
Structured = Literal["schema", "json", "instruction"]

Price = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class ModelFacts(Record):
    """Facts about one model that outweigh LiteLLM's. What is None is left to LiteLLM's data; costs are in US dollars."""

    model_config = ConfigDict(strict=True)

    sees: bool | None = Field(default=None, description="takes images")
    hears: bool | None = Field(default=None, description="takes audio")
    structured: Structured | None = Field(default=None, description="the most it takes to give JSON")
    reasoning_reserve: int | None = Field(
        default=None, ge=0, description="tokens for thinking, beyond those of the answer"
    )
    input_cost_per_token: Price | None = None
    output_cost_per_token: Price | None = None
    cost_per_image: Price | None = Field(default=None, description="of an image that it makes")
    input_cost_per_character: Price | None = Field(default=None, description="of words that it speaks")

    @model_validator(mode="after")
    def _prices_go_together(self) -> Self:
        if (self.input_cost_per_token is None) != (self.output_cost_per_token is None):
            raise ValueError("`input_cost_per_token` and `output_cost_per_token` go together; state both or neither")
        return self
