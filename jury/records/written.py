"""Juries and panels as people write them into files and settings: by name, or in full."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from jury.records.base import JsonObject, Record
from jury.records.panel import Juror, Office, Panel
from jury.records.protocol import Protocol, Rule
from jury.records.rubric import Rubric


class JuryFile(Record):
    """A jury as people write it: each part itself, or the name of a preset."""

    name: str = "jury"
    panel: str | Panel | None = None
    protocol: str | Protocol = "trial"
    rule: str | Rule = Rule.model_construct()
    rubric: str | Rubric | None = None
    officers: dict[Office, Juror] = Field(
        default_factory=dict, description="who holds an office if the panel names nobody for it"
    )


@dataclass(frozen=True)
class _Described:
    """Tells editors what an object in place of a name may hold; it is read with the code, and the words, for files."""

    by: type[Record]

    def __get_pydantic_json_schema__(self, _: core_schema.CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """A name, or the record."""
        return handler(core_schema.union_schema([core_schema.str_schema(), self.by.__pydantic_core_schema__]))


#: A jury, or a panel, by name, by file, or as it would stand in its file.
PlanWritten = Annotated[str | JsonObject, _Described(JuryFile)]
PanelWritten = Annotated[str | JsonObject, _Described(Panel)]
