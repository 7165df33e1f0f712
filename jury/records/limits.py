"""What a provider allows an account to ask of one model."""

from typing import Annotated

from pydantic import Field

from jury.records.base import Record

AtLeastOne = Annotated[int, Field(ge=1, strict=True)]


class ModelLimits(Record):
    """The limits of one model; what is None is not limited. `concurrency` counts calls under way at once."""

    requests_per_minute: AtLeastOne | None = None
    tokens_per_minute: AtLeastOne | None = None
    concurrency: AtLeastOne | None = None
