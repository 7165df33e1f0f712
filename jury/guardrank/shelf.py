"""Models by name: `default` ships with the project, all others are folders."""

from functools import lru_cache
from pathlib import Path

from jury.guardrank.model import Model
from jury.guardrank.saving import MODEL, WEIGHTS, load_model

DEFAULT = "default"
_SHIPPED = Path(__file__).parent / DEFAULT

#: Models that stay loaded.
_KEPT = 4


def folder_of(name: str) -> Path:
    """The folder of a model."""
    return _SHIPPED if name == DEFAULT else Path(name)


def opened(name: str) -> Model:
    """A model, loaded once for as long as its files don't change. Raises `InputError`."""
    folder = folder_of(name)
    return _loaded(folder, tuple(_stamp(folder / file) for file in (MODEL, WEIGHTS)))


@lru_cache(maxsize=_KEPT)
def _loaded(folder: Path, _stamps: tuple[tuple[int, int], ...]) -> Model:
    return load_model(folder)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0  # loading says what is missing
    return status.st_mtime_ns, status.st_size
