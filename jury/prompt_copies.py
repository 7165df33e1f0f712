"""Texts kept in a folder: written once, and read back only if they still are what was written."""

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from jury.atomic import write_atomically
from jury.errors import InputError
from prompts.layers import Snapshot

#: Where the copy lies in the folder of what it belongs to.
FOLDER = "prompts"

#: No text is longer, in bytes: what is there in its place is not read to its end.
_LONGEST = 16 * 2**20

#: How many files are brought to the disk at once: it writes many in the time of one.
_AT_ONCE = 16

#: Opening a FIFO must not wait for its writer, and no link is followed.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


def digests_of(texts: Snapshot) -> dict[str, str]:
    """The SHA-256 of every text, by its name."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(texts.files.items())}


def write_copy(folder: Path, texts: Snapshot) -> None:
    """Keep texts in `folder`; those that are there already stay as they are.

    Raises `InputError` where another file, or a link, is in the way of one.
    """
    missing = [name for name in texts.files if not _is_there(folder, name, texts.files[name])]
    for parent in sorted({(folder / name).parent for name in missing}):
        try:
            parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise InputError(
                f"{parent} can't hold texts: it is, or lies below, a file; move that away, or choose another folder"
            ) from None
    with ThreadPoolExecutor(_AT_ONCE) as workers:
        list(workers.map(lambda name: write_atomically(folder / name, [texts.files[name]], private=True), missing))


def read_copy(folder: Path, digests: Mapping[str, str]) -> Snapshot:
    """The texts of a copy, by the SHA-256 that each had when it was kept.

    Raises `InputError` that names the file which is missing, is no regular file within the folder, or has changed.
    """
    files = {name: _unchanged(folder, name, digest) for name, digest in digests.items()}
    return Snapshot(files, {name: folder / name for name in files})


def strays(folder: Path, names: Iterable[str]) -> list[Path]:
    """The files in a copy's folder that are none of its texts, sorted; passing files of a writer that was killed aside."""
    own = {folder / name for name in names}
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(path for path in found if path not in own and not path.name.startswith("."))


def _is_there(folder: Path, name: str, content: bytes) -> bool:
    path = folder / name
    link = _link_in(folder, name)
    if link is None and not path.exists():
        return False
    if link is not None or not path.is_file() or path.read_bytes() != content:
        raise InputError(f"{link or path} is in the way of a text to be kept; move it away, or choose another folder")
    return True


def _unchanged(folder: Path, name: str, digest: str) -> bytes:
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or not place.parts or "\0" in name:
        raise InputError(f"{folder} can't hold a text called {name[:100]!r}; restore the list of the texts from a copy")
    path, link = folder / name, _link_in(folder, name)
    if link is not None:
        raise InputError(f"{link} is a link, and no text is read through one; put the text itself there")
    way_out = f"restore the text whose SHA-256 is {digest}"
    try:
        with open(path, "rb", opener=lambda file, _: os.open(file, _FLAGS)) as file:
            content = file.read(_LONGEST + 1) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else b""
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}; {way_out}") from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise InputError(f"{path} is not the text that was kept there; {way_out}")
    return content


def _link_in(folder: Path, name: str) -> Path | None:
    """The first link on the way to a file, the copy's folder included; None where there is none."""
    steps = [folder, *(folder / part for part in reversed(PurePosixPath(name).parents[:-1])), folder / name]
    return next((step for step in steps if step.is_symlink()), None)
