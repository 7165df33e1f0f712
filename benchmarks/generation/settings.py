"""Everything the making of a data set can be told."""

from pathlib import Path

from pydantic import Field

from jury.committee.settings import QuerySettings
from jury.records import Record


class GenerationSettings(Record):
    """The settings of one sitting, the same from Python and from the command line."""

    out: Path = Field(description="the data set's folder; the same settings there go on, larger ones add to it")
    committee: str = Field(description="committee preset or YAML file")
    taxonomy: str = Field(default="safebench", description="preset or YAML file")
    scenarios: tuple[str, ...] = Field(default=(), description="keys; empty: all")
    languages: tuple[str, ...] = Field(default=("en",), min_length=1)
    techniques: tuple[str, ...] = Field(default=("plain",), min_length=1)
    queries: QuerySettings = QuerySettings()
    prompts: Path | None = Field(default=None, description="folder whose templates and roles replace shipped ones")
    models: Path | None = Field(default=None, description="YAML file with what models can do and cost")
    limits: Path | None = Field(default=None, description="YAML file: model → its limits")
    in_flight: int = Field(default=50, ge=1, description="streams of queries under way at once")
    per_model: int = Field(default=32, ge=1, description="calls under way at once per model")
    tries: int = Field(default=5, ge=1, description="how often a call that may still succeed is tried")
    timeout: float = Field(default=120, gt=0, description="seconds per try")
    max_cost: float | None = Field(default=None, ge=0, description="US dollars, all sittings together")
    max_tokens: int | None = Field(default=None, ge=1, description="tokens, in and out")
    max_calls: int | None = Field(default=None, ge=1, description="model calls")
