"""The library: shipped prompts, a user's folder in front of them, and hashes over everything that shapes a prompt."""

from pathlib import Path

import pytest

from prompts import SHIPPED, LibraryError, library

ACTS = ("juror/assess", "juror/deliberate", "juror/reballot", "foreperson/summarise")


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def shipped(name: str) -> str:
    return (SHIPPED / name).read_text(encoding="utf-8")


def test_the_shipped_prompts_are_in_english_and_chinese():
    assert library().languages() == ("en", "zh")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("act", ACTS)
def test_every_speech_act_has_a_versioned_template(act, language):
    template = library().template(act, language)
    assert (template.name, template.language, template.version) == (act, language, 1)
    assert len(template.sha256) == 64
    assert template.source == shipped(template.file)


def test_templates_differ_in_their_hashes():
    hashes = {library().template(act, language).sha256 for act in ACTS for language in ("en", "zh")}
    assert len(hashes) == 8


def test_a_users_file_replaces_the_shipped_one_and_the_rest_stays(tmp_path):
    write(tmp_path, "juror/assess.en.j2", "{# version: 7 #}\nJudge.\n")
    mine = library(tmp_path)
    assert mine.template("juror/assess", "en").version == 7
    assert mine.template("juror/assess", "zh") == library().template("juror/assess", "zh")
    assert mine.template("juror/reballot", "en") == library().template("juror/reballot", "en")


@pytest.mark.parametrize(
    "included", ["parts/exhibits.en.j2", "parts/reminder.en.j2", "juror/system.en.j2", "parts/form.j2"]
)
def test_the_hash_covers_included_files_and_what_is_said_before_every_act(tmp_path, included):
    write(tmp_path, included, shipped(included) + "More.\n")
    changed, plain = library(tmp_path), library()
    assert changed.template("juror/assess", "en").sha256 != plain.template("juror/assess", "en").sha256
    assert changed.template("foreperson/summarise", "en") == plain.template("foreperson/summarise", "en")


def test_the_hash_covers_macro_files_of_macro_files(tmp_path):
    write(tmp_path, "juror/assess.en.j2", '{# version: 1 #}\n{% from "a.j2" import a %}{{ a() }}')
    write(tmp_path, "a.j2", '{% import "b.j2" as b %}{% macro a() %}{{ b.b() }}{% endmacro %}')
    write(tmp_path, "b.j2", "{% macro b() %}one{% endmacro %}")
    before = library(tmp_path).template("juror/assess", "en").sha256
    write(tmp_path, "b.j2", "{% macro b() %}two{% endmacro %}")
    assert library(tmp_path).template("juror/assess", "en").sha256 != before


def test_templates_that_include_each_other_are_hashed_once(tmp_path):
    write(tmp_path, "juror/assess.en.j2", '{# version: 1 #}\n{% include "juror/assess.en.j2" %}')
    assert len(library(tmp_path).template("juror/assess", "en").sha256) == 64


def test_a_language_counts_once_every_shipped_template_exists_in_it(tmp_path):
    names = [path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("*.en.j2")]
    for name in names[1:]:
        write(tmp_path, name.replace(".en.", ".de."), "{# version: 1 #}\nHallo.\n")
    assert library(tmp_path).languages() == ("en", "zh")
    write(tmp_path, names[0].replace(".en.", ".de."), "{# version: 1 #}\nHallo.\n")
    assert library(tmp_path).languages() == ("de", "en", "zh")


def test_a_users_own_english_template_takes_no_language_away(tmp_path):
    write(tmp_path, "juror/closing.en.j2", "{# version: 1 #}\nClose.\n")
    assert library(tmp_path).languages() == ("en", "zh")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Judge.\n", "line 1: no version"),
        ("{# version: 1 #}\n{% if %}", "line 2: "),
        ("{# version: 1 #}\n{% include name %}", "computed name"),
    ],
)
def test_a_malformed_template_is_named(tmp_path, text, problem):
    path = write(tmp_path, "juror/assess.en.j2", text)
    with pytest.raises(LibraryError, match=problem) as caught:
        library(tmp_path).template("juror/assess", "en")
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("name", ["gone.j2", "../../secret.j2", "/etc/hostname"])
def test_an_include_that_is_not_in_the_library_is_named(tmp_path, name):
    write(tmp_path, "juror/assess.en.j2", f'{{# version: 1 #}}\n{{% include "{name}" %}}')
    with pytest.raises(LibraryError, match=name):
        library(tmp_path).template("juror/assess", "en")


def test_a_template_that_is_not_utf8_is_named(tmp_path):
    path = write(tmp_path, "juror/assess.en.j2", "")
    path.write_bytes(b"{# version: 1 #}\n\xff\xfe")
    with pytest.raises(LibraryError, match="UTF-8"):
        library(tmp_path).template("juror/assess", "en")


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(LibraryError, match="nowhere"):
        library(tmp_path / "nowhere")


def test_cards_are_raw_mappings_by_name():
    rubrics = library().rubric_cards()
    assert list(rubrics) == ["committee", "mllmguard", "refusal", "safebench"]
    assert rubrics["safebench"]["positive"] == "unsafe"
    assert "elder" in library().role_cards()


def test_a_users_card_stands_beside_the_shipped_ones_or_replaces_one(tmp_path):
    write(tmp_path, "roles/pilot.yaml", "version: 3\n")
    write(tmp_path, "roles/elder.yaml", "version: 9\n")
    cards = library(tmp_path).role_cards()
    assert len(cards) == len(library().role_cards()) + 1
    assert (cards["pilot"], cards["elder"]) == ({"version": 3}, {"version": 9})


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title: [", "not valid YAML"),
        ("- a\n- b\n", "holds no mapping"),
        ("!!python/object/apply:os.getcwd []\n", "not valid YAML"),
    ],
)
def test_a_malformed_card_is_named_and_spoils_no_other(tmp_path, text, problem):
    path = write(tmp_path, "roles/bad.yaml", text)
    cards = library(tmp_path).role_cards()
    with pytest.raises(LibraryError, match=problem) as caught:
        cards["bad"]
    assert str(path) in str(caught.value)
    assert cards["elder"]["version"] == 1


def test_a_speaker_without_a_system_template_says_nothing_before_its_acts(tmp_path):
    assert library().acts("target") == ("picture", "plain")
    before = library(tmp_path).template("target/plain", "en").sha256
    write(tmp_path, "target/system.en.j2", "{# version: 1 #}\nSay this first.\n")
    assert library(tmp_path).template("target/plain", "en").sha256 != before


def test_every_wrapper_of_a_target_is_there_in_english_and_chinese():
    for name in library().acts("target"):
        assert {library().template(f"target/{name}", language).version for language in ("en", "zh")} == {1}
