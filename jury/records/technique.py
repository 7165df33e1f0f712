"""How a test request is put, so that a model is tempted to answer it."""

from pydantic import Field

from jury.records.base import Record
from jury.records.case import NonEmpty


class Technique(Record):
    """A red-team technique: what it is called, and how a member of a committee writes in it, by language.

    `image` guides whoever describes the image that goes with what is written; empty where there is nothing to heed.
    """

    name: NonEmpty
    version: int = Field(default=1, ge=1)
    title: dict[str, str] = Field(min_length=1)
    guidance: dict[str, str] = Field(min_length=1)
    image: dict[str, str] = Field(default_factory=dict)
