"""How a test request is put, so that a model is tempted to answer it."""

from pydantic import Field

from jury.records.base import Record
from jury.records.case import NonEmpty


class Technique(Record):
    """A red-team technique: what it is called, and how a member of a committee writes in it, by language."""

    name: NonEmpty
    version: int = Field(default=1, ge=1)
    title: dict[str, str] = Field(min_length=1)
    guidance: dict[str, str] = Field(min_length=1)
