"""Models by name: `default` ships with the project, all others are folders."""

from functools import lru_cache
from pathlib import Path

from jury.guardrank.model import Model
from jury.guardrank.saving import MODEL, WEIGHTS, load_model, model_hash

DEFAULT = "default"
_SHIPPED = Path(__file__).parent / DEFAULT

#: Models that stay loaded.
_KEPT = 4

#: When each file of a model was changed last, and its size.
_Stamps = tuple[tuple[int, int], ...]


def folder_of(name: str) -> Path:
    """The folder of a model."""
    return _SHIPPED if name == DEFAULT else Path(name)


def opened(name: str) -> Model:
    """A model, loaded once for as long as its files don't change. Raises `InputError`."""
    return _loaded(folder_of(name), _stamps(name))


def hash_of(name: str) -> str:
    """A model's hash, read once for as long as its files don't change: it is asked for at every ballot. Raises `InputError`."""
    return _hash(folder_of(name), _stamps(name))


@lru_cache(maxsize=_KEPT)
def _loaded(folder: Path, _: _Stamps) -> Model:
    return load_model(folder)


@lru_cache(maxsize=_KEPT)
def _hash(folder: Path, _: _Stamps) -> str:
    return model_hash(folder)


def _stamps(name: str) -> _Stamps:
    return tuple(_stamp(folder_of(name) / file) for file in (MODEL, WEIGHTS))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0  # loading says what is missing
    return status.st_mtime_ns, status.st_size
