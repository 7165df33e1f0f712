"""What an attack can be told: the settings of a run, and what is tried on it."""

from typing import Literal

from pydantic import Field, field_validator

from benchmarks.settings import RunSettings, Shown

Language = Literal["en", "zh"]


class AttackSettings(RunSettings):
    """The settings of an attack on a jury: those of a run, whose cases get twins."""

    kinds: tuple[str, ...] | None = Field(
        default=None, min_length=1, description="attacks to try, such as fence,peers (none named: all)"
    )
    languages: tuple[Language, ...] = Field(
        default=("en", "zh"), min_length=1, description="languages of the words that are tried: en, zh"
    )
    towards: str | None = Field(
        default=None,
        description="choice that is pushed to (default: the rubric's first that is not positive, as `safe`)",
    )

    @field_validator("kinds", "languages")
    @classmethod
    def _once(cls, named: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """Each once and in one order, so that the order of naming them makes no other run."""
        return None if named is None else tuple(sorted(set(named)))


class AttackTold(Shown, AttackSettings):
    """What `jury attack`, or its YAML file, may say."""
