"""Archives of a copy: unpacked where they lie, and nothing of them anywhere else."""

import tarfile
from pathlib import Path

from jury.errors import InputError


def unpack(archive: Path, folder: Path) -> int:
    """Unpack the regular files of a tar archive into a folder; returns how many there are.

    A file of the right size that is there already stays. Raises `InputError` for anything that would land elsewhere or
    is no plain file or folder, and for a broken archive.
    """
    number = 0
    try:
        with tarfile.open(archive) as members:
            for member in members:
                number += _unpacked(members, member, folder)
    except tarfile.FilterError as error:
        raise InputError(f"{archive}: holds {error.tarinfo.name!r}, which may not be unpacked; don't use it") from error
    except (tarfile.TarError, EOFError) as error:
        raise InputError(f"{archive}: can't be unpacked ({error}); delete it and get it again") from error
    return number


def _unpacked(members: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> bool:
    if member.isdir():
        return False
    if not member.isfile():
        raise tarfile.SpecialFileError(member)
    safe = tarfile.data_filter(member, str(folder))
    target = folder / safe.name
    if not (target.is_file() and target.stat().st_size == member.size):
        members.extract(safe, folder, filter="data")
    return True
