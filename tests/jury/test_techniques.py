"""Techniques: how requests are put."""

from pathlib import Path

import pytest

from jury.errors import InputError
from jury.techniques import load_technique
from prompts import library

#: MLLMGuard's techniques that are a way of writing; position swapping and noise injection transform what is written.
WRITTEN = [
    "disguise",
    "facial_stereotype_bias",
    "harmful_scenario",
    "indirect_task_misalignment",
    "malicious_labeling",
    "non_existent_query",
    "plain",
    "reverse_induction",
    "unsafe_inquiry",
]


def test_the_written_techniques_of_mllmguard_are_shipped() -> None:
    assert list(library().technique_cards()) == WRITTEN


@pytest.mark.parametrize("name", WRITTEN)
def test_every_technique_guides_in_both_languages(name: str) -> None:
    technique = load_technique(name, library())
    assert set(technique.guidance) == set(technique.title) == {"en", "zh"}


def test_a_technique_of_ones_own_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "techniques").mkdir()
    file = tmp_path / "techniques" / "politely.yaml"
    file.write_text("title: {en: Politely, zh: 客气}\nguidance: {en: Ask politely., zh: 客气地问。}")
    assert load_technique("politely", library(tmp_path)).guidance["en"] == "Ask politely."
    file.write_text("title: {en: Politely}\nguidance: {en: Ask politely., zh: 客气地问。}")
    with pytest.raises(InputError, match=r"politely\.yaml: field `title` has no text for language 'zh'"):
        load_technique("politely", library(tmp_path))


def test_an_unknown_technique_is_answered_with_the_known() -> None:
    with pytest.raises(InputError, match="unknown technique 'charm'; known: disguise"):
        load_technique("charm", library())
