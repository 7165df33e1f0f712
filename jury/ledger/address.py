"""Where a run's ledger is: a file in its folder, or a PostgreSQL database that the folder names."""

from dataclasses import dataclass
from pathlib import Path

import orjson
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from jury.atomic import write_atomically
from jury.errors import InputError

#: The ledger's file in a folder, and the note that stands there in its place where the ledger is in a database.
LEDGER, NOTE = "ledger.sqlite", "store.json"

#: How PostgreSQL is named in an address, and the driver that talks to it.
_SCHEMES, _DRIVER = frozenset({"postgresql", "postgres", "postgresql+psycopg"}), "postgresql+psycopg"

_FORM = "postgresql://USER@HOST:PORT/DATABASE"

#: What an address may not say after its question mark.
_SECRET = frozenset({"password", "sslpassword"})


@dataclass(frozen=True)
class Address:
    """One ledger: a SQLite file, or a database that several processes write at once. As text it shows no password."""

    url: URL
    file: Path | None = None

    @classmethod
    def of_file(cls, path: Path) -> "Address":
        """The ledger in a SQLite file."""
        return cls(URL.create("sqlite", database=str(path)), path)

    @classmethod
    def of_database(cls, stated: str) -> "Address":
        """The ledger in a PostgreSQL database. Raises `InputError` that says the form, and nothing of a password."""
        try:
            url = make_url(stated)
            fits = url.drivername in _SCHEMES and bool(url.database) and not _SECRET & set(url.query)
        except (ArgumentError, ValueError):
            fits = False
        if not fits:
            raise InputError(f"a store is named {_FORM}; {_shown_of(stated)!r} is none")
        return cls(url.set(drivername=_DRIVER))

    @property
    def shared(self) -> bool:
        """Whether several processes may write to it at once."""
        return self.file is None

    @property
    def called(self) -> str:
        """What it is called in the folder that it belongs to: its file's name, or the database."""
        return str(self) if self.file is None else self.file.name

    def __str__(self) -> str:
        if self.file is not None:
            return str(self.file)
        return self.url._replace(drivername="postgresql", password=None).render_as_string()


def without_password(store: str) -> str:
    """A database's address as it may be written down. Raises `InputError` for what is no address."""
    return str(Address.of_database(store))


def address_in(folder: Path) -> Address:
    """The ledger of a run's folder, there already or not. Raises `InputError` where the folder's note can't be read."""
    path = folder / NOTE
    try:
        told = orjson.loads(path.read_bytes())
        return Address.of_database(told["store"])
    except FileNotFoundError:
        return Address.of_file(folder / LEDGER)
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}; make it readable") from None
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError, InputError):
        raise InputError(f'{path} names no database; write {{"store": "{_FORM}"}}') from None


def holds_ledger(folder: Path) -> bool:
    """Whether a folder has a ledger, or names one."""
    return (folder / LEDGER).is_file() or (folder / NOTE).is_file()


def chosen(folder: Path, store: str | None) -> Address:
    """The ledger of a folder: the one it has, or for a new one the database that is named.

    Raises `InputError` where the folder's ledger is elsewhere already.
    """
    if store is None:
        return address_in(folder)
    wanted = Address.of_database(store)
    if holds_ledger(folder) and str(kept := address_in(folder)) != str(wanted):
        raise InputError(
            f"{folder} has its ledger in {kept}, not in {wanted}; choose another --out, or leave --store out"
        )
    return wanted


def note(folder: Path, address: Address) -> None:
    """Write down, without a password, which database holds the ledger of a folder, for whoever comes later."""
    if address.shared and not (folder / NOTE).exists():
        write_atomically(folder / NOTE, [orjson.dumps({"store": str(address)}, option=orjson.OPT_INDENT_2)])


def _shown_of(stated: str) -> str:
    """What was stated, without anything that may be a password."""
    scheme, mark, rest = stated.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2].partition('?')[0]}"
