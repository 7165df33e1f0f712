"""Everything a run can be told."""

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from jury.records import Record, Target

#: The jury that replays a folder's recorded ballots.
RECORDED = "recorded"

#: A part of a data set's item that a target may be given.
ExhibitName = Literal["text", "image", "audio_female", "audio_male"]

#: The parts in the order in which they are given.
EXHIBITS: tuple[ExhibitName, ...] = ("text", "image", "audio_female", "audio_male")


class RunSettings(Record):
    """The settings of one run, the same from Python and from the command line."""

    source: str = Field(description="folder, JSONL or CSV file, or a suite's name")
    out: Path = Field(description="the run's folder; the same settings there again resume it")
    target: Target | None = Field(default=None, description="the model under test; None: answers are recorded")
    jury: str = Field(default="trial", description="protocol preset, YAML file, or `recorded`")
    panel: str | None = Field(default=None, description="panel preset or YAML file")
    rubric: str | None = Field(default=None, description="rubric by name; default: what fits the data")
    rule: str | None = Field(default=None, description="decision rule such as `any:2`; default: the jury's")
    positive: str | None = Field(default=None, description="the label in the data that means unsafe")
    limit: int | None = Field(default=None, ge=1, description="only the first so many cases")
    exhibits: tuple[ExhibitName, ...] | None = Field(
        default=None, min_length=1, description="parts of a data set's items to show; None: text, and an image if there"
    )
    data: Path | None = Field(default=None, description="where a suite's files are, if they are not shipped")
    allow_remote: tuple[str, ...] = Field(default=(), description="hosts that the data's media may be fetched from")
    prompts: Path | None = Field(
        default=None, description="folder whose templates, roles and rubrics replace shipped ones"
    )
    models: Path | None = Field(
        default=None, description="YAML file with what models can do and cost, where LiteLLM's data are wrong or silent"
    )
    clerk: str | None = Field(
        default=None, description="model that puts images and clips into words for jurors who can't see or hear"
    )
    edge: int = Field(default=1024, ge=64, description="longest edge of images as models are sent them, in pixels")
    in_flight: int = Field(default=200, ge=1, description="cases under way at once")
    per_model: int = Field(default=32, ge=1, description="calls under way at once per model")
    tries: int = Field(default=5, ge=1, description="how often a call that may still succeed is tried")
    timeout: float = Field(default=120, gt=0, description="seconds per try")
    case_timeout: float | None = Field(default=None, gt=0, description="seconds per case; None: as its calls take")
    adaptive: bool = Field(default=True, description="approach `per_model` slowly, and retreat when told to")
    limits: Path | None = Field(default=None, description="YAML file: model → its limits")
    max_cost: float | None = Field(
        default=None, ge=0, description="US dollars the run may spend, all sittings together"
    )
    max_tokens: int | None = Field(default=None, ge=1, description="tokens, in and out, the run may spend")
    max_calls: int | None = Field(default=None, ge=1, description="model calls the run may make")
    retry_invalid: bool = Field(default=False, description="judge cases with invalid ballots or answers again")

    @field_validator("exhibits")
    @classmethod
    def _in_order(cls, named: tuple[ExhibitName, ...] | None) -> tuple[ExhibitName, ...] | None:
        """Each part once and in one order, so that the order of naming them makes no other run."""
        return None if named is None else tuple(name for name in EXHIBITS if name in named)
