"""Files of a set that lie here in one copy and there in another. Nothing outside the data folder is ever looked at."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from jury.errors import InputError
from jury.media import file_in, is_remote


def data_folder(name: str, data: Path | None) -> Path:
    """The folder a suite's files are in. Raises `InputError` if none was named or it is no folder."""
    if data is None:
        raise InputError(
            f"suite {name!r} ships no files; name their folder with --data DIR (`jury suites {name}` says where to get them)"
        )
    if not data.is_dir():
        raise InputError(f"{data}: is not a folder; name the folder that holds the files of suite {name!r}")
    return data


def present(root: Path, path: str) -> bool:
    """Whether a path found in data names a file in the data folder."""
    name = PurePosixPath(path)
    try:
        return not name.is_absolute() and ".." not in name.parts and (root / name).is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def first_of(root: Path, paths: Iterable[str]) -> str:
    """The first of some paths where there is a file, or one in another spelling; else the first of all, which is missing."""
    known = list(paths)
    exact = next((path for path in known if present(root, path)), None)
    return exact or next((path for path in known if isinstance(file_in(root, path), Path)), known[0])


def beside(folder: str, path: str) -> str:
    """A path found in a file of a folder, from the data folder on; one that is absolute or an address stays as it is."""
    path = path.strip().replace("\\", "/")
    return path if not folder or path.startswith("/") or is_remote(path) else f"{folder}/{path.removeprefix('./')}"
