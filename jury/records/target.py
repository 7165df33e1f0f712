"""The model under test and how it is asked."""

from pydantic import Field

from jury.records.settings import ModelSettings


class Target(ModelSettings):
    """A model under test; one limit for all targets unless stated, so that they compare."""

    system: str = Field(default="", description="system prompt; none by default")
