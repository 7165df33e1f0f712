"""Who sits: roles, jurors and the panel they form."""

from typing import Literal, Self

from pydantic import Field, model_validator

from jury.records.base import Record
from jury.records.case import NonEmpty
from jury.records.settings import ModelSettings


class Role(Record):
    """A persona a juror takes on, in every language it can speak."""

    name: NonEmpty
    version: int = Field(default=1, ge=1)
    title: dict[str, str] = Field(min_length=1, description="by language")
    persona: dict[str, str] = Field(min_length=1, description="by language: who speaks and what they look for")


class Juror(ModelSettings):
    """A model in a role. `name` is for people to read; it takes no part in any decision."""

    name: str = ""
    role: str = "juror"

    @property
    def mind(self) -> "Juror":
        """The juror without its name: equal minds in two seats are told apart by a sample index only."""
        return self.but(name="")


#: Who takes part without a seat: a scout is asked before the panel, the others speak in a forum.
Office = Literal["scout", "critic", "defender", "moderator"]


class Panel(Record):
    """The jurors in their seats, with alternates and, if wanted, a foreperson and officers of its own."""

    name: str = "panel"
    seats: tuple[Juror, ...] = Field(min_length=1)
    alternates: tuple[Juror, ...] = ()
    foreperson: Juror | None = Field(
        default=None, description="default: the juror of the first seat in canonical order"
    )
    officers: dict[Office, Juror] = Field(
        default_factory=dict,
        description="default: the first seat's juror for a scout, else the foreperson's model in the office's role",
    )
    same_family: bool = Field(default=False, description="let jurors of the target's model family sit")

    @property
    def everybody(self) -> tuple[Juror, ...]:
        """All who may be asked: the seats, the alternates, and the foreperson and officers that the panel names."""
        named = (self.foreperson,) if self.foreperson else ()
        return (*self.seats, *self.alternates, *named, *self.officers.values())

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [juror.name for juror in (*self.seats, *self.alternates) if juror.name]
        doubles = sorted({name for name in names if names.count(name) > 1})
        if doubles:
            raise ValueError(f"two jurors are named {doubles[0]!r}")
        return self
