"""A prompts folder is somebody's: no text is read from outside of it."""

from pathlib import Path

import pytest

from jury.errors import InputError
from jury.prompt_files import library_errors, open_library

SECRET = "private words"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "private.txt").write_text(f"{{# version: 1 #}}{SECRET}")
    (tmp_path / "prompts" / "juror").mkdir(parents=True)
    return tmp_path / "prompts"


def test_a_link_to_a_file_outside_is_refused_by_name(folder: Path):
    (folder / "juror" / "assess.en.j2").symlink_to(folder.parent / "private.txt")

    with (
        pytest.raises(InputError, match=r"assess\.en\.j2 can't be read: it leads out of the prompts folder"),
        library_errors(),
    ):
        open_library(folder).template("juror/assess", "en")


def test_a_linked_folder_is_refused_too(folder: Path):
    (folder / "roles").symlink_to(folder.parent, target_is_directory=True)
    (folder.parent / "spy.yaml").write_text(f"description: {SECRET}\n")

    with pytest.raises(InputError, match="leads out of the prompts folder"), library_errors():
        open_library(folder).read("roles/spy.yaml")


@pytest.mark.parametrize("name", ["../private.txt", "{}/private.txt", "juror/../../private.txt"])
def test_an_include_does_not_leave_the_folder(folder: Path, name: str):
    name = name.format(folder.parent)
    (folder / "juror" / "assess.en.j2").write_text(f"{{# version: 1 #}}{{% include '{name}' %}}")

    with pytest.raises(InputError), library_errors():
        open_library(folder).template("juror/assess", "en")


def test_a_link_within_the_folder_is_followed(folder: Path):
    (folder / "juror" / "own.en.j2").write_text("{# version: 1 #}own words")
    (folder / "juror" / "assess.en.j2").symlink_to("own.en.j2")

    assert "own words" in open_library(folder).template("juror/assess", "en").source
