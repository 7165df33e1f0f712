"""The file that data name: as the name is written, or as another system would have written it. Never one elsewhere."""

import difflib
import os
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from jury.records import Cause

#: Files of a folder that a suggestion is looked for among.
_MOST = 100_000

#: Names of one folder that are compared letter by letter.
_COMPARED = 2_000

_DIGITS = re.compile(r"\d+")


def file_in(root: Path, path: str) -> Path | Cause:
    """The file in a data folder that a path found in data means, or the cause why there is none.

    A path counts from the folder, with or without a slash before it. Tried in turn: the path as it is, with `/` for each
    backslash, with `%20` and its like decoded, then each in whatever letters (upper and lower case, composed or not) one
    file alone has. No path leads out of the folder, neither by `..` nor by a link.
    """
    base = root.resolve()
    outside = False
    try:
        for name in _spellings(path, root, base):
            if ".." in PurePosixPath(name).parts:
                outside = True
                continue
            file = _existing(base, name)
            if file is not None and file.is_relative_to(base):
                return file
            outside = outside or file is not None
    except (FileNotFoundError, NotADirectoryError):  # a link that leads nowhere
        return _missing()
    except OSError as error:
        return Cause(kind="broken", detail=f"the file cannot be opened ({error.strerror})")
    except (ValueError, RuntimeError):  # a NUL or half a surrogate pair in the name; links in a circle
        return Cause(kind="broken", detail="this is not a path that a file can have")
    if outside:
        detail = "the path leads out of the data folder; name files inside it, relative to it"
        return Cause(kind="broken", detail=detail)
    return _missing()


def nearest_file(root: Path, path: str) -> str | None:
    """The file of a data folder that a path of no file most likely means, relative to the folder; None if none is near.

    The same name with another ending, or one that is much like it, in the same folder; where there is no such folder, the
    same name in another.
    """
    try:
        wanted = PurePosixPath(next(iter(reversed(list(_spellings(path, root, root.resolve())))), path))
        near = _near(_files(root.resolve()), wanted)
    except (OSError, ValueError, RuntimeError):
        return None
    return near


def _spellings(path: str, root: Path, base: Path) -> Iterator[str]:
    """The path as it may have been meant, each once, as it counts from the folder."""
    slashed = path.replace("\\", "/")
    spellings = dict.fromkeys(
        _from_root(spelling, root, base)
        for spelling in (path, slashed, unquote(path), unquote(slashed).replace("\\", "/"))
    )
    yield from spellings


def _from_root(path: str, root: Path, base: Path) -> str:
    """A path without what leads to the folder: a slash, the folder's own place, the scheme of a local address."""
    path = path.removeprefix("file://")
    for folder in dict.fromkeys((root.absolute().as_posix(), base.as_posix())):
        if path.startswith(f"{folder}/"):
            return path[len(folder) + 1 :]
    return path.lstrip("/")


def _existing(base: Path, name: str) -> Path | None:
    """The file, or whatever it is, of that name, in these letters or in others that one alone has; None if there is none.

    Links are followed, so that it may lie elsewhere.
    """
    try:
        return (base / name).resolve(strict=True)
    except (FileNotFoundError, NotADirectoryError):
        at: Path | None = base
    for part in PurePosixPath(name).parts:
        at = _below(at, part) if at else None
    return at and at.resolve(strict=True)


def _below(folder: Path, part: str) -> Path | None:
    """What has a name in a folder, in these letters or in others that one alone has."""
    if os.path.lexists(folder / part):
        return folder / part
    alike = _listed(folder).get(_folded(part), ())
    return folder / alike[0] if len(alike) == 1 else None


def _listed(folder: Path) -> dict[str, tuple[str, ...]]:
    """The names in a folder by what they are without regard to case."""
    try:
        return _listing(folder, folder.stat().st_mtime_ns)
    except OSError:
        return {}


@lru_cache(maxsize=256)
def _listing(folder: Path, _changed: int) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for entry in os.scandir(folder):
        key = _folded(entry.name)
        names[key] = (*names.get(key, ()), entry.name)
    return names


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


@lru_cache(maxsize=4)
def _files(base: Path) -> tuple[PurePosixPath, ...]:
    """The files of a folder and of those below it, as they count from it; links are not followed."""
    found: list[PurePosixPath] = []
    for folder, _, names in os.walk(base):
        within = PurePosixPath(Path(folder).relative_to(base).as_posix())
        found.extend(within / name for name in sorted(names))
        if len(found) >= _MOST:
            break
    return tuple(found[:_MOST])


def _near(files: tuple[PurePosixPath, ...], wanted: PurePosixPath) -> str | None:
    """The best of some files: by name in the folder, by likeness there, or in another folder where there is none of its name."""
    beside = [file for file in files if _folded(str(file.parent)) == _folded(str(wanted.parent))]
    if not beside:
        return next((str(file) for file in files if _folded(file.name) == _folded(wanted.name)), None)
    same = next((file for file in beside if _folded(file.stem) == _folded(wanted.stem)), None)
    # Numbered files are like each other, and are others all the same.
    possible = [one.name for one in beside[:_COMPARED] if _DIGITS.findall(one.name) == _DIGITS.findall(wanted.name)]
    alike = difflib.get_close_matches(wanted.name, possible, n=1, cutoff=0.8)
    return str(same) if same else str(wanted.parent / alike[0]) if alike else None


def _missing() -> Cause:
    return Cause(kind="missing", detail="there is no such file in the data folder")
