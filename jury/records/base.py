"""What every record has in common: frozen, strict about unknown fields, hashed by content."""

from functools import cached_property
from typing import Annotated, Any, Self

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

from jury.hashing import canonical_json, sha256_of_json


def _survives_json(content: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """The content, if JSON gives it back as it is: no NaN, no infinity, no integer beyond 64 bits."""
    try:
        same = orjson.loads(canonical_json(content)) == content
    except orjson.JSONEncodeError as error:
        raise ValueError(f"can't be kept as JSON: {error}") from None
    if not same:
        raise ValueError("can't be kept as JSON: it holds a number that is not finite")
    return content


#: Free content of a record, such as metadata or a provider's own parameters.
JsonObject = Annotated[dict[str, JsonValue], AfterValidator(_survives_json)]


def later_field(default: Any, **told: Any) -> Any:
    """A field that a later release adds to a record: its default stands in no JSON and in no hash.

    So runs of earlier releases keep their names and seals. `told` is what `pydantic.Field` takes.
    """
    return Field(default=default, exclude_if=lambda value: value == default, **told)


class Record(BaseModel):
    """A frozen value that travels as JSON and is known by the hash of its content."""

    # Schemas are built at first use: a command that needs few records does not wait for all of them.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

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
