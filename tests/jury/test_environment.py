"""Keys from a `.env`."""

import os
from pathlib import Path

import pytest

from jury.environment import read_keys
from jury.errors import InputError


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JURY_TEST_KEY", "x")
    monkeypatch.delenv("JURY_TEST_KEY")


def test_a_key_is_read_from_the_folders_file(tmp_path: Path):
    (tmp_path / ".env").write_text("# mine\nJURY_TEST_KEY='abc $HOME'\n")
    read_keys(tmp_path)

    assert os.environ["JURY_TEST_KEY"] == "abc $HOME"


def test_the_environment_outweighs_the_file_and_the_file_stays_as_it_is(tmp_path: Path, monkeypatch):
    file = tmp_path / ".env"
    file.write_text("JURY_TEST_KEY=of-file\n")
    monkeypatch.setenv("JURY_TEST_KEY", "of-environment")
    read_keys(tmp_path)

    assert os.environ["JURY_TEST_KEY"] == "of-environment"
    assert file.read_text() == "JURY_TEST_KEY=of-file\n"


def test_files_of_folders_above_are_left_alone(tmp_path: Path):
    (tmp_path / ".env").write_text("JURY_TEST_KEY=abc\n")
    (tmp_path / "inner").mkdir()
    read_keys(tmp_path / "inner")

    assert "JURY_TEST_KEY" not in os.environ


def test_a_file_that_is_no_text_is_named_without_its_content(tmp_path: Path):
    (tmp_path / ".env").write_bytes(b"JURY_TEST_KEY=\xff\xfe")

    with pytest.raises(InputError, match=r"\.env is no text of `NAME=value` lines in UTF-8") as caught:
        read_keys(tmp_path)
    assert "xff" not in str(caught.value)
