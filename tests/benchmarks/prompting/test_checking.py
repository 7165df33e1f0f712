"""`jury prompts check`: everything that breaks a library is named with file, line and the way out."""

import json

import pytest
from command import jury

from benchmarks.prompting.checking import check
from jury.prompt_files import open_library
from prompts import SHIPPED


@pytest.fixture
def folder(tmp_path):
    def write(name: str, text: str):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def found(folder):
    return {(one.level, one.file, one.line): one.what for one in check(open_library(folder))}


def assess(extra: str) -> str:
    return (SHIPPED / "juror/assess.en.j2").read_text(encoding="utf-8") + extra


def test_the_shipped_library_is_clean():
    assert check(open_library()) == []
    shown = jury("prompts", "check", "--json")
    assert (shown.code, shown.document) == (0, {"findings": [], "error": 0, "warning": 0, "info": 0})


def test_an_undefined_variable_is_found_in_a_branch_that_is_never_taken(folder):
    library = folder("juror/assess.en.j2", assess("{% if false %}\n{{ verdict_of_others }}\n{% endif %}\n"))
    ((place, what),) = found(library).items()
    assert place == ("error", "juror/assess.en.j2", 6)
    assert what.startswith("'verdict_of_others' is undefined; it is handed ")


def test_an_undefined_variable_of_a_part_is_found_too(folder):
    library = folder("parts/ballot.j2", "{{ ballot.label }} {{ nobody }}\n")
    assert ("error", "parts/ballot.j2", 1) not in found(library)  # a part without a language is included, not rendered
    assert any("nobody" in what for what in found(library).values())


def test_what_jinja_can_not_read_is_found_with_its_line(folder):
    library = folder("juror/assess.en.j2", assess("{% if %}\n"))
    assert ("error", "juror/assess.en.j2", 5) in found(library)


def test_a_template_without_a_version_is_an_error(folder):
    library = folder("juror/assess.en.j2", assess("").split("\n", 1)[1])
    assert any("no version" in what for what in found(library).values())


def test_a_language_that_is_half_there_is_named_template_by_template(folder):
    library = folder("juror/assess.fr.j2", "{# version: 1 #}\nExaminez.\n")
    missing = [file for (level, file, _), what in found(library).items() if "is missing in language 'fr'" in what]
    assert "juror/deliberate.fr.j2" in missing
    assert "juror/assess.fr.j2" not in missing


def test_a_file_whose_name_is_mistyped_is_never_used(folder):
    library = folder("juror/asess.en.j2", "{# version: 1 #}\nwords\n")
    assert any(file == "juror/asess.en.j2" and level == "warning" for level, file, _ in found(library))


def test_a_card_with_a_missing_language_is_an_error(folder):
    library = folder("roles/pilot.yaml", "title: {en: Pilot}\npersona: {en: You fly.}\n")
    assert any("no text for language 'zh'" in what for what in found(library).values())


def test_a_role_that_nobody_seats_is_told_and_one_without_a_card_is_an_error(folder, tmp_path):
    library = folder("roles/pilot.yaml", "title: {en: Pilot, zh: 飞行员}\npersona: {en: You fly., zh: 你飞行。}\n")
    assert ("info", "roles/pilot.yaml", None) in found(library)
    panel = tmp_path / "panel.yaml"
    panel.write_text("seats: [{model: rehearsal/strict, role: sailor}]\n")
    checked = jury("prompts", "check", "--prompts", library, "--panel", panel, "--json")
    assert checked.code == 1
    (error,) = [one for one in json.loads(checked.out)["findings"] if one["level"] == "error"]
    assert "names role 'sailor', which has no card" in error["what"]
