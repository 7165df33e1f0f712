"""One writer at a time: whoever writes a store's ledger holds its folder, and lets go of it however it ends."""

import errno
import os
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import structlog

from jury.errors import InputError

if sys.platform != "win32":
    import fcntl

log = structlog.get_logger()

#: The file that is locked; it stays behind, and says nothing once its process is gone.
LOCK = "ledger.lock"

#: What a file system answers that knows no locks.
_NO_LOCKS = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL})

#: The folders that this process holds: how often, and by which open file.
_times: Counter[Path] = Counter()
_files: dict[Path, int] = {}
_guard = threading.Lock()


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold a store's folder against other processes; within one process it may be held several times.

    The kernel lets go of it when the process ends, `kill -9` included. Raises `InputError` where another process holds
    it, or where nothing can be written. Where the file system knows no locks this is said in the log, once.
    """
    place = folder.resolve()
    with _guard:
        if not _times[place]:
            _files[place] = _locked(folder)
        _times[place] += 1
    try:
        yield
    finally:
        with _guard:
            _times[place] -= 1
            if not _times[place]:
                os.close(_files.pop(place))


def _locked(folder: Path) -> int:
    """The open lock file, locked if it can be."""
    try:
        file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    except OSError as error:
        raise InputError(
            f"{folder} can't be written to: {error.strerror}; mend that and give the same command again"
        ) from None
    try:
        _lock(file, folder)
    except BaseException:
        os.close(file)
        raise
    return file


def _lock(file: int, folder: Path) -> None:
    if sys.platform == "win32":
        _say_once()
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InputError(
            f"{folder} is in use by another process{_holder(file)}; "
            "wait until it is done or stop it, then give the same command again"
        ) from None
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise InputError(f"{folder / LOCK} can't be locked: {error.strerror}; remove the file") from None
        _say_once()
    _sign(file)


def _sign(file: int) -> None:
    """Write down who holds the lock; on a full disk it is held all the same."""
    try:
        os.ftruncate(file, 0)
        os.pwrite(file, str(os.getpid()).encode(), 0)
    except OSError:
        log.debug("lock not signed")


def _holder(file: int) -> str:
    told = os.pread(file, 20, 0).decode("ascii", "replace")
    return f" ({told})" if told.isdecimal() else ""


@cache
def _say_once() -> None:
    log.warning("this file system knows no locks: let only one process at a time write to a folder on it")
