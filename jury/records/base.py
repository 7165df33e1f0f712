"""What every record has in common: frozen, strict about unknown fields, hashed by content."""

from functools import cached_property
from typing import Any, Self

import orjson
from pydantic import BaseModel, ConfigDict

from jury.hashing import sha256_of_json


class Record(BaseModel):
    """A frozen value that travels as JSON and is known by the hash of its content."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @cached_property
    def content_hash(self) -> str:
        """64 hex digits over the fields that differ from their defaults.

        Leaving the defaults out keeps a hash stable when a later release adds a field.
        """
        content = self.model_dump(mode="json", exclude_defaults=True)
        return sha256_of_json({type(self).__name__: content})

    def to_json(self) -> bytes:
        """The record as UTF-8 JSON; `from_json` reads it back to an equal record."""
        return orjson.dumps(self.model_dump(mode="json", exclude_defaults=True))

    @classmethod
    def from_json(cls, data: bytes | str) -> Self:
        """The record written by `to_json`. Raises `pydantic.ValidationError`."""
        return cls.model_validate_json(data)

    def but(self, **changes: Any) -> Self:
        """A validated copy with some fields changed."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**fields, **changes})
