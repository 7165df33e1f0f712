"""A ledger's database, opened: for writing, made or brought up to date; for reading, and nothing else."""

import os
import secrets
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from jury.atomic import make_private_file
from jury.errors import InputError
from jury.ledger import schema
from jury.ledger.address import Address
from jury.ledger.migrations import upgrade

#: The PostgreSQL schema that holds all tables, apart from whatever else lives in the database.
HOUSE = "jury"

#: Rows that a database sends at once where many are read.
FETCHED = 500

#: What is locked while tables are made, so that of many who open a new ledger one makes it.
_MAKING = 0x6A757279_00000001


def writable(address: Address) -> Engine:
    """The engine of a ledger that has all its tables. Raises `InputError` where it can't be opened, or is a newer one."""
    if address.file is not None:
        make_private_file(address.file)
    engine = engine_of(address)
    try:
        with engine.begin() as connection:
            _make(connection, address)
    except (SQLAlchemyError, sqlite3.Error) as error:
        engine.dispose()
        raise InputError(f"{address} can't be opened as a ledger: {reason_of(error)}; {_way_out(address)}") from None
    except BaseException:
        engine.dispose()
        raise
    return engine


def engine_of(address: Address, **more: Any) -> Engine:
    """The engine of a database or a file, without a look at what is in it."""
    if address.shared:
        _need_driver()
        known = {
            "application_name": f"jury on {socket.gethostname()}, process {os.getpid()}"[:63],
            "connect_timeout": 10,
        }
        engine = create_engine(address.url, connect_args=known, **more)
        event.listen(engine, "connect", _set_up_postgres, insert=True)
    else:
        engine = create_engine(address.url, **more)
        event.listen(engine, "connect", _set_up_sqlite)
    return engine


@contextmanager
def readable(address: Address) -> Iterator[Connection]:
    """A connection that sees one state of a ledger and can't change it. Raises `InputError` where it can't be read."""
    engine = _reading_engine(address)
    try:
        with engine.connect() as connection:
            yield connection
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise InputError(f"{address} can't be read as a ledger ({reason_of(error)}); {_way_out(address)}") from None
    finally:
        engine.dispose()


def give_space_back(address: Address) -> None:
    """Let a file shrink to what is in it; a database does so by itself, in its own time."""
    if address.shared:
        return
    engine = engine_of(address, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text("VACUUM"))
    finally:
        engine.dispose()


def meta(connection: Connection, name: str, default: str) -> str:
    """The stored value of that name; the default becomes it if there is none yet."""
    table = schema.meta
    value = connection.execute(select(table.c.value).where(table.c.name == name)).scalar()
    if value is None:
        connection.execute(table.insert().values(name=name, value=default))
        value = default
    return str(value)


def reason_of(error: BaseException) -> str:
    """What a database said, in one line, without the query."""
    said = str(getattr(error, "orig", None) or error).strip()
    return " ".join(said.splitlines()[0].split()) if said else type(error).__name__


def alone_making(connection: Connection, address: Address) -> None:
    """Keep others from making tables until the transaction ends, and see that a database has a place for them."""
    if address.shared:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MAKING})
        _furnish(connection, address)


def _make(connection: Connection, address: Address) -> None:
    alone_making(connection, address)
    schema.meta.create(connection, checkfirst=True)
    found = meta(connection, "schema", str(schema.SCHEMA_VERSION))
    if not found.isdecimal():
        raise InputError(f"{address} is not a ledger: its schema is {found!r}, not a number")
    if int(found) > schema.SCHEMA_VERSION:
        raise InputError(
            f"{address} was written by a newer release (schema {found}, this one knows "
            f"{schema.SCHEMA_VERSION}); upgrade multimodal-jury"
        )
    schema.metadata.create_all(connection)
    meta(connection, "secret", secrets.token_hex(16))
    if int(found) < schema.SCHEMA_VERSION:
        upgrade(connection, int(found))
        newest = schema.meta.update().where(schema.meta.c.name == "schema").values(value=str(schema.SCHEMA_VERSION))
        connection.execute(newest)


def _furnish(connection: Connection, address: Address) -> None:
    """See that a database can hold every text, and has a place for our tables."""
    encoding = connection.execute(text("SHOW server_encoding")).scalar()
    if encoding != "UTF8":
        raise InputError(f"{address} holds {encoding}, not UTF8; make one with CREATE DATABASE … ENCODING 'UTF8'")
    if connection.execute(text("SELECT to_regnamespace(:name)"), {"name": HOUSE}).scalar() is None:
        connection.execute(text(f"CREATE SCHEMA {HOUSE}"))


def _reading_engine(address: Address) -> Engine:
    if address.file is None:
        engine = engine_of(address, poolclass=NullPool, isolation_level="REPEATABLE READ")
        return engine.execution_options(postgresql_readonly=True)
    path = address.file
    # At rest nothing but the file is read: no side files are made, so a folder that can't be written to will do.
    at_rest = "" if path.with_name(path.name + "-wal").exists() else "&immutable=1"
    where = f"{path.resolve().as_uri()}?mode=ro{at_rest}"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(where, uri=True), poolclass=NullPool)
    event.listen(engine, "connect", _read_torn_text)
    return engine


def _need_driver() -> None:
    try:
        import psycopg  # noqa: F401 - whether it is there
    except ImportError:
        raise InputError("a store in PostgreSQL needs psycopg; pip install 'multimodal-jury[postgres]'") from None


def _way_out(address: Address) -> str:
    if address.shared:
        return (
            "see that the server runs and lets you in; a password comes from PGPASSWORD or ~/.pgpass, "
            f"and the first user needs the right to CREATE SCHEMA {HOUSE}"
        )
    return "restore the file, or see that its disk can be written and has room"


def _set_up_sqlite(connection: Any, record: Any) -> None:
    """Readers beside one writer, and every commit on disk before it is believed."""
    _read_torn_text(connection, record)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _read_torn_text(connection: Any, _: Any) -> None:
    """Torn text is read, for its seal to betray."""
    connection.text_factory = lambda words: words.decode("utf-8", "replace")


def _set_up_postgres(connection: Any, _: Any) -> None:
    """Our tables by their plain names, and every commit on disk before it is believed, whatever the server's custom is."""
    connection.autocommit = True
    connection.execute(f"SET search_path TO {HOUSE}")
    connection.execute("SET synchronous_commit TO on")
    connection.autocommit = False
