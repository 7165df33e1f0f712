"""What answers a query of the verification: a ledger's file or its database, opened for reading and never written to."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.verify.documents import parsed_object
from jury.errors import InputError

#: The rows of a query with `?` where its values stand. Raises `UnreadableError`.
Ask = Callable[[str, tuple[str, ...]], Iterable[tuple[Any, ...]]]

#: Where our tables are in a database, read as they were at one moment.
_SETTINGS = "-csearch_path=jury -cdefault_transaction_read_only=on -cdefault_transaction_isolation=repeatable\\ read"

#: Rows that a database sends at once.
_SENT = 500


class UnreadableError(Exception):
    """What a damaged or missing table makes its reader say."""


@contextmanager
def rows_of_file(path: Path) -> Iterator[Ask]:
    """What asks a SQLite file; one that nobody has open is left without even the side files that a reader makes."""
    at_rest = not path.with_name(path.name + "-wal").exists()
    address = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if at_rest else ''}"
    connection = sqlite3.connect(address, uri=True)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")

    def ask(query: str, values: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
        try:
            yield from connection.execute(query, values)
        except (sqlite3.Error, UnicodeDecodeError) as error:  # a damaged file's own words may be no text
            raise UnreadableError(str(error)) from None

    try:
        yield ask
    finally:
        connection.close()


@contextmanager
def rows_of_database(note: Path) -> Iterator[tuple[str, Ask]]:
    """The address that a note states, and what asks the database there. Raises `InputError` where it can't be reached."""
    try:
        import psycopg
    except ImportError:
        raise InputError(f"{note} names a database; pip install 'multimodal-jury[postgres]'") from None
    try:
        where = str(parsed_object(note.read_text(encoding="utf-8"))["store"])
        connection = psycopg.connect(where, options=_SETTINGS)
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{note} names no database ({error}); restore the file") from None
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{note}: its database can't be read ({reason}); a password comes from PGPASSWORD") from None

    def ask(query: str, values: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
        try:
            with connection.cursor(name="rows") as cursor:
                cursor.itersize = _SENT
                cursor.execute(query.replace("?", "%s"), values)
                yield from cursor
        except psycopg.Error as error:
            raise UnreadableError(" ".join(str(error).split())) from None

    try:
        yield where, ask
    finally:
        connection.close()
