"""How a model is asked, whoever it plays."""

from typing import Literal, Self

from pydantic import Field, model_validator

from jury.records.base import JsonObject, Record
from jury.records.case import NonEmpty
from jury.records.stated import check_base, check_params

#: A model's name and the address it is asked at, None for its provider's own.
Endpoint = tuple[str, str | None]


#: A setting that is sent with every request to a model, where it is stated and the model takes it.
Setting = Literal["temperature", "max_tokens", "seed"]


def stated_address(api_base: str | None, params: JsonObject) -> str | None:
    """Where a model is asked: its `api_base`, or what `params` say of it in LiteLLM's words."""
    found = api_base or params.get("api_base") or params.get("base_url")
    return found if isinstance(found, str) else None


class ModelSettings(Record):
    """A model and its decoding settings; `params` go to LiteLLM as they are. Holds no secret."""

    model: NonEmpty
    temperature: float = Field(default=0.0, ge=0, le=2, description="how freely words are drawn")
    max_tokens: int = Field(default=1024, ge=1, description="tokens of an answer at the most")
    seed: int | None = Field(default=None, description="seed, for servers that take one")
    api_base: str | None = Field(
        default=None, description="URL of the API: of an OpenAI-compatible server, with a model hosted_vllm/NAME"
    )
    params: JsonObject = Field(default_factory=dict, description="passed on to LiteLLM as they are")

    @property
    def endpoint(self) -> Endpoint:
        """The model and its address."""
        return self.model, stated_address(self.api_base, self.params)

    @model_validator(mode="after")
    def _no_secrets(self) -> Self:
        check_params(self.params)
        check_base(self.api_base)
        return self
