"""Whether the packages beside `jury` are ours: other distributions install modules of the same names."""

import hashlib
from base64 import urlsafe_b64encode
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from jury.errors import InputError

DISTRIBUTION = "multimodal-jury"

#: The folder that holds our packages: a source tree or a site-packages.
HOME = Path(__file__).resolve().parent.parent


def require_own(*packages: str) -> None:
    """Make sure that importing these top-level packages gives the ones that came with this `jury`.

    Looks them up without importing them. Raises `InputError` naming the first one that another
    distribution, a file or a folder stands in for, and where that lies.
    """
    for package in packages:
        _require(package)


def _require(package: str) -> None:
    ours = HOME / package / "__init__.py"
    found = _location(package)
    if found is None or found == ours.parent:
        raise InputError(
            f"`import {package}` does not give the package of {DISTRIBUTION} in {HOME}; "
            f"install {DISTRIBUTION} again, in a fresh virtual environment"
        )
    if found != ours:
        raise InputError(
            f"{found} shadows the package `{package}` of {DISTRIBUTION} in {HOME}; "
            "run from another folder, take it off PYTHONPATH, or use a fresh virtual environment"
        )
    if _recorded_digest(package) not in (None, _digest(ours)):
        raise InputError(
            f"{ours} was overwritten by another distribution; install {DISTRIBUTION} in a fresh virtual environment"
        )


def _location(package: str) -> Path | None:
    """The file an import would run, the folder of a package without `__init__.py`, or None."""
    try:
        spec = find_spec(package)
    except ValueError:  # a module put into sys.modules by hand has no spec
        return None
    if spec is None:
        return None
    folders = spec.submodule_search_locations or [""]
    return Path(spec.origin or folders[0]).resolve()


def _recorded_digest(package: str) -> str | None:
    """What the installer noted of a package's `__init__.py`, since pip lets one distribution write over another's.

    None where nothing was noted about the very file that is imported, as in a source tree.
    """
    try:
        files = metadata.files(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return None
    entry = next((file for file in files if file.parts == (package, "__init__.py")), None)
    if entry is None or entry.hash is None or Path(str(entry.locate())).resolve() != HOME / entry:
        return None
    return entry.hash.value if entry.hash.mode == "sha256" else None


def _digest(path: Path) -> str:
    """The SHA-256 of a file as an installer's RECORD spells it: URL-safe base64 without padding."""
    return urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).rstrip(b"=").decode()
