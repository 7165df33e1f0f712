"""What a hub lists at a commit: files with their sizes and hashes, of which only those that are wanted count."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from benchmarks.suites import Copy
from jury.errors import InputError

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Listed:
    """A file of a copy: its path there, bytes, and the hash the hub knows it by.

    `sha256` (64 hex digits) covers the content of a large file; `blob` (40) is what git calls the content of a small one.
    """

    path: str
    size: int
    sha256: str | None
    blob: str

    def differs(self, folder: Path) -> str:
        """How the file in a folder differs from the one that is listed, in words; empty if it does not."""
        file = folder / self.path
        if not file.is_file():
            return "is missing"
        size = file.stat().st_size
        if size != self.size:
            return f"has {size:,} bytes, {self.size:,} are listed"
        known = self.sha256 or self.blob
        return "" if known == self._hash_of(file) else "has another content than is listed"

    def _hash_of(self, file: Path) -> str:
        if self.sha256:
            return _hashed(file, hashlib.sha256())
        return _hashed(file, hashlib.sha1(b"blob %d\0" % self.size, usedforsecurity=False))


def listed(entries: Iterable[object], copy: Copy) -> tuple[Listed, ...]:
    """The files among a hub's entries that fit the copy's patterns, by path.

    Raises `InputError` if there is none, and for a path that would leave the folder.
    """
    files = {file.path: file for entry in entries if (file := _listed(entry)) and _fits(file.path, copy)}
    for path in files:
        if not _stays_inside(path):
            raise InputError(f"{copy.repo}: lists a file {path!r} that would leave the folder; don't use this copy")
    if not files:
        raise InputError(
            f"{copy.repo}: lists none of {', '.join(copy.patterns)} at {copy.revision}; get the files by hand"
        )
    return tuple(files[path] for path in sorted(files))


def _listed(entry: object) -> Listed | None:
    """A file as the library describes it; folders have no `blob_id`."""
    path, size, blob = (getattr(entry, name, None) for name in ("path", "size", "blob_id"))
    if not isinstance(path, str) or not isinstance(size, int) or not isinstance(blob, str):
        return None
    return Listed(path, size, getattr(getattr(entry, "lfs", None), "sha256", None), blob)


def _fits(path: str, copy: Copy) -> bool:
    """As the library reads patterns: a star goes over slashes too."""
    return any(fnmatchcase(path, pattern) for pattern in copy.patterns)


def _stays_inside(path: str) -> bool:
    parts = PurePosixPath(path.replace("\\", "/"))
    return not parts.is_absolute() and ".." not in parts.parts


def _hashed(file: Path, digest: "hashlib._Hash") -> str:
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
