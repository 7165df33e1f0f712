"""Admission: from a file name found in data to an exhibit in the store, or the cause why there is none."""

import ast
import os
import stat
from pathlib import Path

from jury.media.audio import inspect_audio
from jury.media.images import inspect_image
from jury.media.limits import DEFAULT_LIMITS, Limits
from jury.media.paths import file_in
from jury.media.remote import Remote
from jury.media.store import MediaStore
from jury.records import Cause, MediaKind, MediaRef

_LONGEST_NAME = 200
#: Opening a FIFO must not wait for its writer, and the last step of a resolved path is no link.
_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW


def admit(
    path: str, *, root: Path, kind: MediaKind, store: MediaStore, limits: Limits = DEFAULT_LIMITS
) -> MediaRef | Cause:
    """Put the file that data name into the store, once it proves to be the image or clip it is said to be.

    `path` counts from `root` and may not leave it; `file_in` says how it is read. What a file holds decides its format,
    whatever its extension says. Never raises for bad data; the cause names the file: `missing`, `mislabelled` (the content
    is of another kind, or in a format that can't be read), `too_large`, or `broken` (damaged, empty, no regular file, or
    a path that leaves `root`). Raises `OSError` only where the store cannot be written.
    """
    data = _read(path, root, _max_bytes(kind, limits))
    if isinstance(data, Cause):
        return _naming(path, data)
    found = admit_bytes(data, kind=kind, store=store, limits=limits)
    return _naming(path, found) if isinstance(found, Cause) else found


def admit_remote(
    url: str, *, remote: Remote, kind: MediaKind, store: MediaStore, limits: Limits = DEFAULT_LIMITS
) -> MediaRef | Cause:
    """Put what is at a web address into the store, once it proves to be the image or clip it is said to be.

    What the server calls it counts for nothing. Never raises for bad data; beside the causes of `admit`, `missing` says how to allow the host, and `timeout` that it
    took too long. No cause shows more of the address than its host: the rest may be signed.
    """
    data = remote.fetch(url, _max_bytes(kind, limits))
    return data if isinstance(data, Cause) else admit_bytes(data, kind=kind, store=store, limits=limits)


def admit_bytes(
    data: bytes, *, kind: MediaKind, store: MediaStore, limits: Limits = DEFAULT_LIMITS
) -> MediaRef | Cause:
    """Put bytes into the store, once they prove to be the image or clip they are said to be. Never raises for bad data."""
    found = _inspected(data, kind, limits)
    if isinstance(found, MediaRef):
        store.put(data, found)
    return found


def _inspected(data: bytes, kind: MediaKind, limits: Limits) -> MediaRef | Cause:
    return inspect_image(data, limits) if kind == "image" else inspect_audio(data, limits)


def _max_bytes(kind: MediaKind, limits: Limits) -> int:
    return limits.image_bytes if kind == "image" else limits.audio_bytes


def _read(path: str, root: Path, max_bytes: int) -> bytes | Cause:
    """At most one byte more than allowed, which is enough to see that a file is too large."""
    file = file_in(root, path)
    if isinstance(file, Cause):
        return file
    try:
        return _read_regular(file, max_bytes)
    except OSError as error:
        return Cause(kind="broken", detail=f"the file cannot be opened ({error.strerror})")


def _read_regular(file: Path, max_bytes: int) -> bytes | Cause:
    with open(file, "rb", opener=_open_at_once) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            return Cause(kind="broken", detail="this is not a regular file")
        return stream.read(max_bytes + 1)


def _open_at_once(file: str, _: int) -> int:
    return os.open(file, _FLAGS)


def path_in(cause: Cause) -> str | None:
    """The path that a cause of `admit` names; None where it is too long to be named whole."""
    named, separator, _ = cause.detail.rpartition(": ")
    try:
        path = ast.literal_eval(named) if separator else None
    except (ValueError, SyntaxError):
        return None
    return path if isinstance(path, str) else None


def _naming(path: str, cause: Cause) -> Cause:
    shown = repr(path)
    if len(shown) > _LONGEST_NAME:
        shown = f"{shown[:_LONGEST_NAME]}…"
    return cause.but(detail=f"{shown}: {cause.detail}")
