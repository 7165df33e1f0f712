"""The model under test and how it is asked."""

from pydantic import Field

from jury.records.settings import ModelSettings


class Target(ModelSettings):
    """A model under test; one wrapper and one limit for all targets unless stated, so that they compare."""

    system: str = Field(default="", description="system prompt; none by default")
    wrapper: str = Field(
        default="plain",
        pattern=r"^[A-Za-z0-9_-]+$",
        description="what stands around a request: `plain` (nothing), `picture`, or a file of your own in target/",
    )
