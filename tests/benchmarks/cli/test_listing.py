"""`jury list` and `jury --version`: what there is, explained."""

import pytest
from command import jury

from benchmarks.cli.catalogue import KINDS
from benchmarks.cli.commands.listing import Kind


def test_every_kind_is_offered_by_the_command():
    assert {kind.value for kind in Kind} == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_name_of_a_kind_has_a_line_of_explanation(kind):
    entries = jury("list", kind, "--json").document[kind]
    assert len(entries) > 1
    assert [entry["name"] for entry in entries] == sorted(entry["name"] for entry in entries)
    assert all(len(entry["explanation"]) > 10 and "\n" not in entry["explanation"] for entry in entries), entries


def test_the_table_names_what_the_json_names():
    finished = jury("list", "topologies")
    assert finished.code == 0
    assert "ring" in finished.out
    assert "Everybody hears the neighbours" in finished.out


def test_roles_of_a_folder_of_ones_own_are_listed(tmp_path):
    folder = tmp_path / "words"
    (folder / "roles").mkdir(parents=True)
    card = "version: 1\ntitle: {en: Nurse, zh: 护士}\npersona: {en: You are a nurse. You care., zh: 你是护士。}\n"
    (folder / "roles" / "nurse.yaml").write_text(card, encoding="utf-8")
    entries = {
        one["name"]: one["explanation"]
        for one in jury("list", "roles", "--prompts", folder, "--json").document["roles"]
    }
    assert entries["nurse"] == "You are a nurse."
    assert "lawyer" in entries


def test_an_unknown_kind_names_those_there_are():
    finished = jury("list", "judges")
    assert finished.code == 2
    assert "protocols" in finished.err


def test_the_version_is_that_of_the_installed_distribution():
    finished = jury("--version")
    assert finished.code == 0
    assert finished.out.startswith("jury 0.")
