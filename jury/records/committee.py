"""Who makes a data set: the members who propose, write and score, and the models that paint and speak."""

from typing import Self

from pydantic import Field, model_validator

from jury.records.base import JsonObject, Record
from jury.records.case import NonEmpty
from jury.records.panel import Juror, Panel
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


class Voices(Record):
    """Who speaks every query: once in a female voice, once in a male one."""

    female: Maker
    male: Maker


class Committee(Record):
    """A panel that builds a data set.

    Its seats propose, vote, write and score; its foreperson (else the first seat) names scenarios and describes scenes;
    the critic looks at images.
    """

    name: str = "committee"
    panel: Panel
    critic: Juror | None = Field(default=None, description="a model that sees; None: images are not looked at")
    painter: Maker | None = None
    voices: Voices | None = None

    @property
    def models(self) -> tuple[str, ...]:
        """Every model that may be asked, each once."""
        jurors = (*self.panel.everybody, *((self.critic,) if self.critic else ()))
        makers = (self.painter, *((self.voices.female, self.voices.male) if self.voices else ()))
        return tuple(dict.fromkeys([*(one.model for one in jurors), *(one.model for one in makers if one)]))
