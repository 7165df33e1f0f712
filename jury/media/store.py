"""The media store: bytes kept under the hash of what they are, so that everything else can pass references."""

import hashlib
from pathlib import Path
from uuid import uuid4

from jury.atomic import PRIVATE_FOLDER, make_private_file
from jury.errors import InputError
from jury.media.formats import BY_MIME
from jury.records import MediaRef


class MediaStore:
    """Images and clips in a folder, each at `ab/abcdef….png`, named by the SHA-256 of its bytes.

    Many processes may share a folder: a file appears whole or not at all, and always with the same content.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, ref: MediaRef) -> Path:
        """Where the bytes of a reference are kept, whether or not they are there yet."""
        return self.folder / ref.sha256[:2] / (ref.sha256 + BY_MIME[ref.mime].extensions[0])

    def put(self, data: bytes, ref: MediaRef) -> None:
        """Keep the bytes of a reference; again is the same as once, and mends a file that was altered.

        Raises `ValueError` for bytes that are not the reference's own and `OSError` where the folder cannot be written.
        """
        if hashlib.sha256(data).hexdigest() != ref.sha256:
            raise ValueError(f"media {ref.sha256}: these bytes have another hash; inspect them for their own reference")
        target = self.path(ref)
        if not (target.is_file() and target.read_bytes() == data):
            _write_whole(target, data)

    def read(self, ref: MediaRef) -> bytes:
        """The bytes of a reference, checked against its hash.

        Raises `InputError` naming the hash where they are missing, cannot be read or were altered.
        """
        path = self.path(ref)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise InputError(f"{path}: media {ref.sha256} cannot be read ({error.strerror}); {_WAY_OUT}") from error
        if hashlib.sha256(data).hexdigest() != ref.sha256:
            raise InputError(f"{path}: media {ref.sha256} was altered since it was stored; {_WAY_OUT}")
        return data


_WAY_OUT = "load its case from the data again to restore it"


def _write_whole(target: Path, data: bytes) -> None:
    for folder in (target.parent.parent, target.parent):
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    unfinished = target.with_name(f".{uuid4().hex}.tmp")
    try:
        make_private_file(unfinished)
        # Not synced to disk: a file that a power cut spoils is found by its hash and put again.
        unfinished.write_bytes(data)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
