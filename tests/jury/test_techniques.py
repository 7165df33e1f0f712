"""Techniques: how requests are put."""

from pathlib import Path

import pytest

from jury.errors import InputError
from jury.techniques import load_technique
from jury.variants import EXPANSIONS
from prompts import library

#: MLLMGuard's techniques, and the plain one.
SHIPPED = [
    "disguise",
    "facial_stereotype_bias",
    "harmful_scenario",
    "indirect_task_misalignment",
    "malicious_labeling",
    "noise_injection",
    "non_existent_query",
    "plain",
    "position_swapping",
    "reverse_induction",
    "unsafe_inquiry",
]


def test_the_techniques_of_mllmguard_are_shipped() -> None:
    assert list(library().technique_cards()) == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
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


def test_guidance_for_images_is_in_every_language_or_absent(tmp_path: Path) -> None:
    assert load_technique("plain", library()).image == {}
    assert set(load_technique("non_existent_query", library()).image) == {"en", "zh"}
    (tmp_path / "techniques").mkdir()
    card = "title: {en: P, zh: 客}\nguidance: {en: Ask., zh: 问。}\nimage: {en: A garden.}"
    (tmp_path / "techniques" / "politely.yaml").write_text(card)
    with pytest.raises(InputError, match=r"politely\.yaml: field `image` has no text for language 'zh'"):
        load_technique("politely", library(tmp_path))


@pytest.mark.parametrize("name", list(EXPANSIONS))
def test_techniques_whose_queries_offer_a_choice_ask_for_its_form(name: str) -> None:
    guidance = load_technique(name, library()).guidance
    assert "question | right answer | wrong answer" in guidance["en"]
    assert "问题 | 正确答案 | 错误答案" in guidance["zh"]


def test_an_unknown_technique_is_answered_with_the_known() -> None:
    with pytest.raises(InputError, match="unknown technique 'charm'; known: disguise"):
        load_technique("charm", library())
