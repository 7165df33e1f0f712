"""A copy of the shipped prompts, for editing."""

from pathlib import Path

from jury.atomic import write_atomically
from jury.errors import InputError
from prompts import SHIPPED, library


def eject(folder: Path, *, force: bool = False) -> list[str]:
    """Copy every template and card into a folder and name them. Raises `InputError` that names a file in the way."""
    files = sorted({*library().files(), *(path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("*.j2"))})
    for name in files:
        if (folder / name).exists() and not force:
            raise InputError(f"{folder / name} is there already; name another folder, or write over it with --force")
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / name, [(SHIPPED / name).read_bytes()])
    return files
