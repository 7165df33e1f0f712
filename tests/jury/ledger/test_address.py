"""Where a ledger is: in its folder, or where a note in the folder says, without a password."""

import json

import pytest

from jury.errors import InputError
from jury.ledger.address import LEDGER, NOTE, Address, address_in, chosen, holds_ledger, note
from jury.means import opened
from jury.prompt_files import open_library

WITH_PASSWORD = "postgresql://ada:pa55word@db.example:5433/trials"
WITHOUT = "postgresql://ada@db.example:5433/trials"


def test_a_folder_keeps_its_ledger_unless_it_names_a_database(tmp_path):
    assert address_in(tmp_path) == Address.of_file(tmp_path / LEDGER)
    assert not holds_ledger(tmp_path)
    note(tmp_path, chosen(tmp_path, WITHOUT))
    assert str(address_in(tmp_path)) == WITHOUT
    assert holds_ledger(tmp_path)


def test_a_password_is_used_and_never_noted_or_shown(tmp_path):
    address = chosen(tmp_path, WITH_PASSWORD)
    assert not holds_ledger(tmp_path)
    note(tmp_path, address)
    assert address.url.password == "pa55word"
    assert str(address) == WITHOUT
    assert json.loads((tmp_path / NOTE).read_text()) == {"store": WITHOUT}


@pytest.mark.parametrize("name", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_usual_names_of_postgresql_are_one(name):
    assert str(Address.of_database(f"{name}://ada@db/trials")) == "postgresql://ada@db/trials"


@pytest.mark.parametrize(
    "stated",
    [
        "",
        "trials",
        "mysql://ada:pa55word@db/x",
        "postgresql://ada:pa55word@db",
        "postgresql://a:pa55word@b:port/x",
        "postgresql://a@b/x?password=pa55word",
    ],
)
def test_what_is_no_database_is_turned_down_without_its_password(stated):
    with pytest.raises(InputError, match="postgresql://USER@HOST:PORT/DATABASE") as caught:
        Address.of_database(stated)
    assert "pa55word" not in str(caught.value)


@pytest.mark.parametrize("kept", [WITHOUT, None])
def test_a_folder_whose_ledger_is_elsewhere_takes_no_other(tmp_path, kept):
    if kept is None:
        (tmp_path / LEDGER).touch()
    else:
        note(tmp_path, chosen(tmp_path, kept))
    with pytest.raises(InputError, match=r"has its ledger in .*; choose another --out, or leave --store out"):
        chosen(tmp_path, "postgresql://ada@elsewhere/trials")
    assert chosen(tmp_path, kept) == address_in(tmp_path)


async def test_a_folder_notes_no_database_that_could_not_be_opened(tmp_path):
    with pytest.raises(InputError, match="can't be opened"):
        async with opened(tmp_path, open_library(), store="postgresql://ada@127.0.0.1:1/trials"):
            pass
    assert not holds_ledger(tmp_path)


@pytest.mark.parametrize("words", ["", "{}", "[]", '{"store": 5}', '{"store": "sqlite:///x"}', "\udcff"])
def test_a_note_that_names_no_database_is_named(tmp_path, words):
    (tmp_path / NOTE).write_bytes(words.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=r"store\.json names no database"):
        address_in(tmp_path)
