"""What a command says when the disk, not the input or the program, is at fault."""

import errno
import sqlite3

_WAY_OUT = "mend that and give the same command again: whatever was finished is kept"

#: The disk is full, too small for us, read-only, broken, or gone.
_DISK = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE}
)

#: The same where SQLite meets it, and databases that are damaged or that somebody else doesn't let go of.
_DATABASE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_BUSY,
    }
)


def disk_fault(error: BaseException) -> str | None:
    """The sentence for an error that is the disk's, None for any other."""
    if isinstance(error, OSError) and error.errno in _DISK:
        place = f"{error.filename} can't be written" if error.filename else "a file can't be written"
        return f"{place}: {error.strerror}; {_WAY_OUT}"
    if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _DATABASE:
        return f"a database can't be read or written: {error}; {_WAY_OUT}"
    return None
