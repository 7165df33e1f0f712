"""Schemas for editors: what they allow is what is read."""

import json
from pathlib import Path

import pytest
import yaml
from command import complaint, jury

from benchmarks.schemas import FILES, schema_of
from jury.juries import PRESETS


@pytest.mark.parametrize("name", FILES)
def test_every_schema_is_whole(name):
    schema = schema_of(name)
    assert schema["$schema"].endswith("2020-12/schema")
    for reference in references(schema):
        assert reference.removeprefix("#/$defs/") in schema["$defs"]


def references(node: object) -> list[str]:
    """Every reference in a schema."""
    if isinstance(node, list):
        return [found for one in node for found in references(one)]
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for one in node.values() for found in references(one)]
    return []


def test_an_experiments_schema_knows_a_jury_and_a_panel_by_name_and_in_full():
    properties = schema_of("run")["properties"]
    assert {"type": "string"} in properties["jury"]["anyOf"]
    assert {"$ref": "#/$defs/JuryFile"} in properties["jury"]["anyOf"]
    assert {"$ref": "#/$defs/Panel"} in properties["panel"]["anyOf"]


def test_the_schema_of_a_jurys_file_allows_the_keys_of_every_shipped_one():
    known = set(schema_of("jury")["properties"])
    for file in (Path(PRESETS) / "protocols").glob("*.yaml"):
        assert set(yaml.safe_load(file.read_text())) <= known


def test_a_schema_is_printed_or_written(tmp_path):
    printed = jury("schema", "panel")
    assert jury("schema", "panel", "-o", tmp_path / "panel.json").out == ""
    assert json.loads((tmp_path / "panel.json").read_text()) == printed.document == schema_of("panel")


def test_a_schema_that_there_is_not_is_named_with_those_there_are():
    assert complaint("schema", "pannel") == f"there is no schema 'pannel'; known: {', '.join(FILES)}"
