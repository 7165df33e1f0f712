"""Taxonomies: the two that are shipped, and one's own."""

import json
from pathlib import Path

import pytest

from jury.errors import InputError
from jury.taxonomies import load_taxonomy, write_taxonomy


@pytest.mark.parametrize(("name", "categories", "scenarios"), [("safebench", 8, 23), ("mllmguard", 5, 13)])
def test_a_shipped_taxonomy_is_whole_in_both_languages(name: str, categories: int, scenarios: int) -> None:
    taxonomy = load_taxonomy(name)
    assert (len(taxonomy.categories), len(taxonomy.scenarios)) == (categories, scenarios)
    for one in taxonomy.scenarios:
        for texts in (one.name, one.definition, one.why, one.outline):
            assert set(texts) == {"en", "zh"}
        assert one.severity is not None


def test_safebench_has_the_published_keys_codes_and_order(shared_data: Path) -> None:
    published = json.loads((shared_data / "safebench" / "taxonomy.json").read_text())
    ours = load_taxonomy("safebench")
    assert [(one.code, one.name["en"]) for one in ours.categories] == [(one["code"], one["name"]) for one in published]
    assert [(one.key, one.code, one.name["en"]) for one in ours.scenarios] == [
        (one["key"], one["code"], one["name"]) for category in published for one in category["scenarios"]
    ]


def test_a_scenario_knows_its_category() -> None:
    taxonomy = load_taxonomy("safebench")
    assert taxonomy.category_of("malware_generation").key == "cybersecurity"
    with pytest.raises(KeyError):
        taxonomy.category_of("gardening")


def test_a_taxonomy_is_written_and_read_back_equal(tmp_path: Path) -> None:
    taxonomy = load_taxonomy("mllmguard")
    write_taxonomy(tmp_path / "own.yaml", taxonomy)
    assert load_taxonomy(str(tmp_path / "own.yaml")) == taxonomy


def test_an_unknown_name_is_answered_with_the_known() -> None:
    with pytest.raises(InputError, match=r"unknown taxonomy 'safebank'; known: mllmguard, safebench"):
        load_taxonomy("safebank")


def test_a_key_that_occurs_twice_is_named(tmp_path: Path) -> None:
    scenario = "{key: theft, name: {en: Theft}, definition: {en: Taking things.}}"
    (tmp_path / "own.yaml").write_text(
        f"name: own\ncategories:\n- {{key: crime, name: {{en: Crime}}, scenarios: [{scenario}, {scenario}]}}\n"
    )
    with pytest.raises(InputError, match=r"own\.yaml: key 'theft' occurs twice"):
        load_taxonomy(str(tmp_path / "own.yaml"))
