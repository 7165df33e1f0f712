"""File names in data come from other systems: the file is found if it is in the data's folder, and no other ever is."""

import unicodedata
from pathlib import Path

import pytest

from jury.media import file_in, nearest_file
from jury.records import Cause


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "set"
    (folder / "images" / "sub folder").mkdir(parents=True)
    for name in ("images/1.PNG", "images/2.png", "images/sub folder/ü 3.png", "clip.wav"):
        (folder / name).write_bytes(name.encode())
    (tmp_path / "secret.png").write_bytes(b"secret")
    return folder


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("images/2.png", "images/2.png"),
        ("images\\2.png", "images/2.png"),
        ("./images/2.png", "images/2.png"),
        (".\\images\\2.png", "images/2.png"),
        ("/images/2.png", "images/2.png"),
        ("//images//2.png", "images/2.png"),
        ("images/1.png", "images/1.PNG"),
        ("Images/1.png", "images/1.PNG"),
        ("IMAGES\\2.PNG", "images/2.png"),
        ("images/sub%20folder/%C3%BC%203.png", "images/sub folder/ü 3.png"),
        ("images%5Csub%20folder%5CÜ%203.PNG", "images/sub folder/ü 3.png"),
        (unicodedata.normalize("NFD", "images/sub folder/ü 3.png"), "images/sub folder/ü 3.png"),
        ("file:///images/2.png", "images/2.png"),
    ],
)
def test_a_file_is_found_however_another_system_writes_its_name(root: Path, written: str, meant: str):
    assert file_in(root, written) == (root / meant).resolve()


def test_the_folders_own_place_may_stand_before_the_name(root: Path):
    assert file_in(root, str(root / "clip.wav")) == (root / "clip.wav").resolve()
    assert file_in(root, f"file://{root}/clip.wav") == (root / "clip.wav").resolve()


def test_the_name_as_it_is_written_comes_first(root: Path):
    (root / "a%20b.png").touch()
    (root / "a b.png").touch()
    assert file_in(root, "a%20b.png") == (root / "a%20b.png").resolve()


def test_where_two_files_differ_by_case_alone_neither_is_meant_by_a_third_spelling(root: Path):
    (root / "images" / "2.PNG").touch()
    assert file_in(root, "images/2.Png") == Cause(kind="missing", detail="there is no such file in the data folder")
    assert file_in(root, "images/2.PNG") == (root / "images" / "2.PNG").resolve()


@pytest.mark.parametrize(
    "path",
    [
        "../secret.png",
        "..\\secret.png",
        "%2e%2e/secret.png",
        "images/%2E%2E%5C..%5Csecret.png",
        "images/../../secret.png",
        "/../secret.png",
        "file://../secret.png",
    ],
)
def test_no_spelling_leads_out_of_the_folder(root: Path, path: str):
    found = file_in(root, path)
    assert isinstance(found, Cause)
    assert "leads out of the data folder" in found.detail


@pytest.mark.parametrize("path", ["OUT/secret.png", "out/SECRET.png", "LINK.png"])
def test_no_link_leads_out_of_the_folder_in_whatever_letters_it_is_named(root: Path, path: str):
    (root / "out").symlink_to(root.parent)
    (root / "link.png").symlink_to(root.parent / "secret.png")
    assert isinstance(file_in(root, path), Cause)


def test_an_absolute_path_of_elsewhere_is_looked_for_within(root: Path):
    found = file_in(root, str(root.parent / "secret.png"))
    assert isinstance(found, Cause)
    assert found.kind == "missing"


def test_what_becomes_of_a_name_does_not_hang_on_the_files_beside_it(root: Path):
    before = file_in(root, "images/4.png")
    (root / "images" / "40.png").touch()
    assert file_in(root, "images/4.png") == before


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("images/2.jpg", "images/2.png"),
        ("pictures/2.png", "images/2.png"),
        ("images/sub folder/u 3.png", "images/sub folder/ü 3.png"),
        ("clips/clip.wav", "clip.wav"),
    ],
)
def test_the_file_that_was_most_likely_meant_is_named(root: Path, written: str, meant: str):
    assert isinstance(file_in(root, written), Cause)
    assert nearest_file(root, written) == meant


def test_where_nothing_is_like_it_nothing_is_named(root: Path):
    assert nearest_file(root, "images/something-else-entirely.gif") is None
    assert nearest_file(root, "a\0b") is None
