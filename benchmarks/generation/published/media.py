"""The images and clips of a set, in files that are named after their items."""

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from uuid import uuid4

from benchmarks.generation.published.entries import Entry
from jury.errors import InputError
from jury.media import MediaStore
from jury.media.formats import BY_MIME
from jury.records import MediaRef

FOLDER = "media"

#: The folder within `media/` that holds the exhibits of a column.
_FOLDERS = {"image": "images", "audio_female": "audio_female", "audio_male": "audio_male"}


def files_of(entry: Entry) -> dict[str, tuple[str, MediaRef]]:
    """Path and content of every exhibit an item has, by column; paths are relative to the set's folder, with `/`."""
    return {
        column: (f"{FOLDER}/{_FOLDERS[column]}/{entry.item.id}{BY_MIME[one.media.mime].extensions[0]}", one.media)
        for column, one in entry.exhibits.items()
        if one.media is not None
    }


def place_media(out: Path, wanted: Mapping[str, MediaRef], store: MediaStore) -> None:
    """Have every wanted file in the folder; those that are as they should be are left alone.

    Files are copied, not linked: a file altered here must not alter the store. Each appears whole or not at all.
    """
    for folder in _folders(out):
        folder.mkdir(parents=True, exist_ok=True)
    for path, ref in wanted.items():
        target, data = out / path, store.read(ref)
        if target.is_symlink() or not (target.is_file() and target.read_bytes() == data):
            _write_whole(target, data)


def remove_stale(out: Path, wanted: Iterable[str]) -> None:
    """Remove from the folders of media whatever the set does not name, left by an earlier version or a sudden end."""
    keep = {out / PurePosixPath(path) for path in wanted}
    for folder in _folders(out):
        for path in folder.iterdir():
            if path not in keep and (path.is_file() or path.is_symlink()):
                path.unlink()


def _folders(out: Path) -> list[Path]:
    """The folders of media. Raises `InputError` for a link: what lies behind it is not ours to change."""
    folders = [out / FOLDER / name for name in _FOLDERS.values()]
    for folder in (out / FOLDER, *folders):
        if folder.is_symlink():
            raise InputError(f"{folder} is a link; remove it or choose another --out")
    return folders


def _write_whole(target: Path, data: bytes) -> None:
    unfinished = target.with_name(f".{uuid4().hex}.tmp")
    try:
        # Not synced to disk: a file that a power cut spoils differs from the store and is written again.
        unfinished.write_bytes(data)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
