"""The parts of an item as `--exhibits` names them."""

from benchmarks.settings import EXHIBITS, ExhibitName
from jury.errors import InputError


def exhibit_names(named: str | None) -> tuple[ExhibitName, ...] | None:
    """The parts in a list with commas, None where nothing is said. Raises `InputError` for one that there is not."""
    if named is None:
        return None
    words = [word.strip() for word in named.split(",") if word.strip()]
    unknown = [word for word in words if word not in EXHIBITS]
    if unknown or not words:
        said = repr(unknown[0]) if unknown else "nothing"
        raise InputError(f"--exhibits names {said}; name some of {', '.join(EXHIBITS)}")
    return tuple(name for name in EXHIBITS if name in words)
