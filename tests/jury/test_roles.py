"""Roles come from cards; a card that is not whole is refused by name."""

import pytest

from jury.errors import InputError
from jury.prompt_files import open_library
from jury.roles import load_role
from prompts import library

EXPECTED = {
    "child_safety_worker",
    "citizen",
    "contrarian",
    "critic",
    "defender",
    "elder",
    "ethicist",
    "foreperson",
    "journalist",
    "juror",
    "lawyer",
    "moderator",
    "physician",
    "psychologist",
    "sceptic",
    "scientist",
    "security_engineer",
    "teacher",
}


def card(folder, name, text):
    path = folder / "roles" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_roles_are_these():
    assert set(library().role_cards()) == EXPECTED


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_role_speaks_every_language(name):
    role = load_role(name, library())
    assert role.name == name
    for language in library().languages():
        assert role.title[language]
        assert 2 <= sum(role.persona[language].count(stop) for stop in (".", "。")) <= 3


def test_no_two_roles_share_a_persona():
    personas = {load_role(name, library()).persona["en"] for name in EXPECTED}
    assert len(personas) == len(EXPECTED)


def test_an_unknown_role_is_told_the_known_ones():
    with pytest.raises(InputError, match=r"unknown role 'wizard'; known: child_safety_worker, .*teacher"):
        load_role("wizard", library())


def test_a_role_is_never_a_path():
    with pytest.raises(InputError, match="unknown role"):
        load_role("../roles/elder", library())


def test_a_role_is_one_card_in_the_users_folder(tmp_path):
    card(tmp_path, "pilot", "title: {en: Pilot, zh: 飞行员}\npersona: {en: You fly., zh: 你开飞机。}\n")
    assert load_role("pilot", open_library(tmp_path)).title["zh"] == "飞行员"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title: {en: P, zh: 飞}\npersona: {en: Y., zh: 你}\nmood: grim\n", "unknown key `mood`"),
        ("title: {en: P, zh: 飞}\n", "field `persona`"),
        ("title: {en: P, zh: 飞}\npersona: {en: Y.}\n", "field `persona` has no text for language 'zh'"),
        ("title: {en: P}\npersona: {en: Y., zh: 你}\n", "field `title` has no text for language 'zh'"),
        ("name: captain\ntitle: {en: P, zh: 飞}\npersona: {en: Y., zh: 你}\n", "field `name` says 'captain'"),
        ("title: [", "not valid YAML"),
    ],
)
def test_a_card_that_is_not_whole_is_named(tmp_path, text, problem):
    path = card(tmp_path, "pilot", text)
    with pytest.raises(InputError) as caught:
        load_role("pilot", open_library(tmp_path))
    assert str(path) in str(caught.value)
    assert problem in str(caught.value)


def test_a_missing_folder_of_prompts_is_bad_input(tmp_path):
    with pytest.raises(InputError, match="nowhere"):
        open_library(tmp_path / "nowhere")
