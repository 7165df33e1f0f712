"""A ledger of an earlier release is brought up to date where it is opened, whatever was left half-way."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import create_engine, inspect

from jury.ledger import Ledger, schema

#: What undoes each revision, the newest first.
UNDONE = {
    3: ("DROP INDEX trials_by_call", "DROP TABLE payers"),
    2: ("DROP TABLE answers",),
}


def changed(path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def shape(path) -> dict[str, list[str]]:
    engine = create_engine(f"sqlite:///{path}")
    found = inspect(engine)
    tables = {
        name: [
            *(column["name"] for column in found.get_columns(name)),
            *(str(one["name"]) for one in found.get_indexes(name)),
        ]
        for name in found.get_table_names()
        if name != "alembic_version"
    }
    engine.dispose()
    return tables


@pytest.mark.parametrize("version", range(1, schema.SCHEMA_VERSION))
@pytest.mark.parametrize("half_way", [False, True])
async def test_every_earlier_schema_becomes_the_newest(tmp_path, path, version, half_way):
    await Ledger.open(tmp_path / "new.sqlite").close()
    await Ledger.open(path).close()
    statements = [one for number, undoing in UNDONE.items() if number > version for one in undoing]
    changed(path, f"UPDATE meta SET value = '{version}' WHERE name = 'schema'", *statements[half_way:])
    again = Ledger.open(path)
    assert list(again.answers("r")) == []
    await again.close()
    assert shape(path) == shape(tmp_path / "new.sqlite")
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
    assert found == (str(schema.SCHEMA_VERSION),)


def test_there_is_a_way_from_every_schema():
    assert sorted(UNDONE) == list(range(2, schema.SCHEMA_VERSION + 1))
