"""Who makes a data set, and the models that paint and speak for it."""

from typing import Self

from pydantic import Field, model_validator

from jury.records.base import JsonObject, Record
from jury.records.case import NonEmpty
from jury.records.panel import Panel
from jury.records.settings import Endpoint
from jury.records.stated import check_base, check_params


class Maker(Record):
    """A model that makes images or speech; `params` (size, quality, voice …) go to it as they are. Holds no secret."""

    model: NonEmpty
    api_base: str | None = None
    params: JsonObject = Field(default_factory=dict)

    @model_validator(mode="after")
    def _no_secrets(self) -> Self:
        check_params(self.params)
        check_base(self.api_base)
        return self


class Committee(Record):
    """A panel that builds a data set: its seats write queries and grade each other's."""

    name: str = "committee"
    panel: Panel

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """Every model that may be asked, with its address, each once."""
        return tuple(dict.fromkeys(member.endpoint for member in self.panel.seats))

    @property
    def models(self) -> tuple[str, ...]:
        """Every model that may be asked, each once."""
        return tuple(dict.fromkeys(member.model for member in self.panel.seats))
