"""Taxonomies by name or file, and a taxonomy as a file that can be read and mended by hand."""

from pathlib import Path

import yaml

from jury.atomic import write_atomically
from jury.errors import InputError
from jury.records import Query, Scenario, Taxonomy
from jury.records.taxonomy import Texts
from jury.yaml_files import build, read_yaml

PRESETS = Path(__file__).parent / "presets" / "taxonomies"


def load_taxonomy(taxonomy: str) -> Taxonomy:
    """The taxonomy of a preset's name or a YAML file. Raises `InputError` that names the file and the field at fault."""
    path = Path(taxonomy)
    if path.suffix in {".yaml", ".yml"} or len(path.parts) > 1:
        return build(Taxonomy, read_yaml(path), str(path))
    known = sorted(preset.stem for preset in PRESETS.glob("*.yaml"))
    if taxonomy not in known:
        raise InputError(f"unknown taxonomy {taxonomy!r}; known: {', '.join(known)}, or name a YAML file")
    return build(Taxonomy, read_yaml(PRESETS / f"{taxonomy}.yaml"), f"preset {taxonomy}")


def write_taxonomy(path: Path, taxonomy: Taxonomy) -> None:
    """Write a taxonomy as YAML; `load_taxonomy` reads an equal one back."""
    content = taxonomy.model_dump(mode="json", exclude_defaults=True)
    write_atomically(path, [yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110).encode()])


def in_language(texts: Texts, language: str) -> str:
    """A text in the language, else in the first it is in."""
    return texts.get(language) or next(iter(texts.values()))


def scenario_of(query: Query, taxonomy: Taxonomy) -> Scenario:
    """The scenario that a query was written for. Raises `InputError` where the taxonomy has none of that key."""
    for scenario in taxonomy.scenarios:
        if scenario.key == query.scenario:
            return scenario
    raise InputError(
        f"query {query.id}: taxonomy {taxonomy.name!r} has no scenario {query.scenario!r}; "
        "name the taxonomy that the query was written for"
    )
