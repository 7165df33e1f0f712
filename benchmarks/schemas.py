"""The JSON schemas of the files that people write, for their editors."""

from typing import Any

from pydantic import TypeAdapter

from benchmarks.settings import Collection, Experiment, Judging
from jury.errors import InputError
from jury.records import Case, Committee, JuryFile, ModelFacts, ModelLimits, Panel, Rubric, Target, Taxonomy

#: What each kind of file holds.
FILES: dict[str, Any] = {
    "run": Experiment,
    "answer": Collection,
    "judge": Judging,
    "jury": JuryFile,
    "panel": Panel,
    "target": Target,
    "rubric": Rubric,
    "committee": Committee,
    "taxonomy": Taxonomy,
    "case": Case,
    "models": dict[str, ModelFacts],
    "limits": dict[str, ModelLimits],
}


def schema_of(name: str) -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of a kind of file. Raises `InputError` for one there is not."""
    if name not in FILES:
        raise InputError(f"there is no schema {name!r}; known: {', '.join(FILES)}")
    schema = TypeAdapter(FILES[name]).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
