"""Archives of a copy: unpacked where they lie, and nothing of them anywhere else."""

import lzma
import tarfile
import zlib
from pathlib import Path

from jury.errors import InputError

#: What an archive may unfold to, in bytes and in files: a small one may hold anything, and no set of cases is larger.
LARGEST, MOST_FILES = 50_000_000_000, 1_000_000

#: What hostile bytes make of the standard library's readers of archives.
_BROKEN = (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, ValueError, OverflowError, IndexError, KeyError)


def unpack(archive: Path, folder: Path) -> int:
    """Unpack the regular files of a tar archive into a folder; returns how many there are.

    A file of the right size that is there already stays. Raises `InputError` for anything that would land elsewhere or
    is no plain file or folder, for one that unfolds beyond measure, and for a broken archive.
    """
    number = size = 0
    try:
        with tarfile.open(archive) as members:
            for seen, member in enumerate(members, 1):
                size += member.size
                if size > LARGEST or seen > MOST_FILES:
                    raise InputError(f"{archive}: unfolds to more than any set of cases holds; don't use it")
                number += _unpacked(members, member, folder)
    except tarfile.FilterError as error:
        raise InputError(f"{archive}: holds {error.tarinfo.name!r}, which may not be unpacked; don't use it") from error
    except (*_BROKEN, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise InputError(
                f"{archive}: can't be unpacked into {folder} ({error.strerror}); make room there"
            ) from error
        told = " ".join(str(error).split())
        raise InputError(f"{archive}: can't be unpacked ({told}); delete it and get it again") from error
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
