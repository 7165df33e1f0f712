"""A library in memory says and renders what the library says that it was taken from."""

import pickle
from pathlib import Path

import pytest

from jury.errors import InputError
from jury.sandbox import Sandbox
from prompts import Library, LibraryError, library

ACT = "target/mine"


@pytest.fixture
def mine(tmp_path: Path) -> Library:
    (tmp_path / "target").mkdir()
    (tmp_path / "parts").mkdir()
    (tmp_path / "target" / "mine.en.j2").write_bytes(
        b'{# version: 3 #}\r\n{% include "./parts//polite.j2" %}\r\n{{ request }}'
    )
    (tmp_path / "parts" / "polite.j2").write_text("Please: é", encoding="utf-8")
    return library(tmp_path)


def taken(found: Library, *names: str) -> Library:
    return Library((found.snapshot(names),), found.languages())


def test_a_snapshot_renders_the_same_words_under_the_same_hash(mine: Library) -> None:
    own = taken(mine, "target/mine.en.j2", "parts/polite.j2")
    assert own.template(ACT, "en") == mine.template(ACT, "en")
    values = {"request": "Hello", "images": 0}
    assert Sandbox(own).text(ACT, "en", values) == Sandbox(mine).text(ACT, "en", values)
    assert own.read("target/mine.en.j2") == mine.read("target/mine.en.j2")


def test_a_snapshot_stays_as_it_was_taken(mine: Library, tmp_path: Path) -> None:
    own, before = taken(mine, "target/mine.en.j2", "parts/polite.j2"), mine.template(ACT, "en")
    (tmp_path / "parts" / "polite.j2").write_text("Now!")
    assert own.template(ACT, "en") == before
    assert library(tmp_path).template(ACT, "en") != before


def test_a_snapshot_travels_to_another_process(mine: Library) -> None:
    own = taken(mine, "target/mine.en.j2", "parts/polite.j2")
    assert own.loader is not None
    assert pickle.loads(pickle.dumps(own)).template(ACT, "en") == mine.template(ACT, "en")


def test_what_a_snapshot_lacks_is_looked_for_nowhere_else(mine: Library) -> None:
    own = taken(mine, "target/mine.en.j2")
    with pytest.raises(LibraryError, match=r"parts//polite\.j2 is not in the texts that were kept"):
        own.template(ACT, "en")
    with pytest.raises(InputError, match="polite"):
        Sandbox(own).text(ACT, "en", {"request": "Hello", "images": 0})


def test_an_error_in_a_snapshot_names_the_file_it_was_read_from(mine: Library, tmp_path: Path) -> None:
    own = taken(mine, "target/mine.en.j2", "parts/polite.j2")
    with pytest.raises(InputError) as error:
        Sandbox(own).text(ACT, "en", {"images": 0})
    assert str(error.value).startswith(f"template {tmp_path / 'target' / 'mine.en.j2'} line 3: 'request' is undefined")


def test_cards_of_a_snapshot_are_those_it_holds() -> None:
    own = taken(library(), "roles/elder.yaml", "rubrics/refusal.yaml")
    assert list(own.role_cards()) == ["elder"]
    assert own.role_cards()["elder"] == library().role_cards()["elder"]
    assert list(own.rubric_cards()) == ["refusal"]
    assert list(own.technique_cards()) == []
