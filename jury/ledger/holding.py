"""Who may write a ledger: of a file one process alone; of a database many, but of each run one, and who mends it alone."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy import Connection, text

from jury.errors import InputError
from jury.ledger.address import Address
from jury.ledger.databases import writable
from jury.ledger.lock import writing

#: The advisory lock that every writer of a database shares, and that whoever drops rows holds alone.
_STORE = 0x6A757279_00000002


@contextmanager
def alone(address: Address) -> Iterator[Connection]:
    """A connection to a ledger that nobody else writes meanwhile: what is changed is kept together or not at all.

    Raises `InputError` where somebody does, or where it can't be opened.
    """
    with nullcontext() if address.file is None else writing(address.file.parent):
        engine = writable(address)
        try:
            with engine.connect() as connection:
                if address.shared:
                    keep_others_out(connection, address)
                with connection.begin():
                    yield connection
        finally:
            engine.dispose()


def take_part(connection: Connection, address: Address, run: str | None) -> None:
    """Hold a database as one of its writers, and a run in it alone, for as long as the connection lasts.

    Raises `InputError` that says who holds it.
    """
    if not _locked(connection, "pg_try_advisory_lock_shared", _STORE):
        raise InputError(f"{address} is being mended or pruned{_by(connection, _STORE)}; wait until that is done")
    if run is not None and not _locked(connection, "pg_try_advisory_lock", _key(run)):
        who = _by(connection, _key(run))
        raise InputError(
            f"run {run} in {address} is in use by another process{who}; "
            "wait until it is done or stop it, then give the same command again"
        )
    connection.commit()


def keep_others_out(connection: Connection, address: Address) -> None:
    """Hold a database alone until `let_others_in`, or for as long as the connection lasts. Raises `InputError`."""
    if not _locked(connection, "pg_try_advisory_lock", _STORE):
        who = _by(connection, _STORE)
        raise InputError(
            f"{address} is in use by another process{who}; rows are dropped only while nobody else writes there"
        )
    connection.commit()


def let_others_in(connection: Connection) -> None:
    """End what `keep_others_out` began."""
    connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _STORE})
    connection.commit()


def _locked(connection: Connection, function: str, key: int) -> bool:
    return bool(connection.execute(text(f"SELECT {function}(:key)"), {"key": key}).scalar())


def _key(run: str) -> int:
    """A run's advisory lock: 64 bits of its name's hash, as PostgreSQL counts them."""
    return int.from_bytes(hashlib.sha256(f"run {run}".encode()).digest()[:8], "big", signed=True)


def _by(connection: Connection, key: int) -> str:
    """Another session that holds an advisory lock, as it calls itself; empty where it has just let go."""
    query = text(
        "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND granted "
        "AND pid <> pg_backend_pid() AND (classid::bigint << 32 | objid::bigint) = :key "
        "AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1"
    )
    name = connection.execute(query, {"key": key}).scalar()
    return f" ({name})" if name else ""
