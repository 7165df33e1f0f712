"""Fetching a copy through `huggingface_hub`: what is there already stays, what broke off goes on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.hub.listing import Listed, listed
from benchmarks.hub.unpacking import unpack
from benchmarks.suites import Copy
from jury.errors import InputError, JuryError, StoppedEarlyError

_DATASET = "dataset"


@dataclass(frozen=True)
class Got:
    """What lies in the folder now: files of the copy, their bytes, and files unpacked from its archives."""

    folder: Path
    files: int
    bytes: int
    unpacked: int


def fetch(copy: Copy, to: Path) -> Got:
    """Bring a copy's files into a folder and compare each with the hub's list at that commit.

    The hub is the one that `HF_ENDPOINT` names, as for the library. Raises `InputError` if the copy is not there, is gated, or is not
    what it should be, and `StoppedEarlyError` if the way to it broke off: the same call goes on from there.
    """
    from huggingface_hub import HfApi, snapshot_download

    if to.exists() and not to.is_dir():
        raise InputError(f"{to}: is not a folder; name another one with --to")
    endpoint = os.environ.get("HF_ENDPOINT") or None
    with _library_errors(copy):
        tree = HfApi(endpoint=endpoint).list_repo_tree(
            copy.repo, recursive=True, revision=copy.revision, repo_type=_DATASET
        )
        files = listed(tree, copy)
        snapshot_download(
            copy.repo,
            repo_type=_DATASET,
            revision=copy.revision,
            allow_patterns=list(copy.patterns),
            local_dir=to,
            endpoint=endpoint,
        )
    _check(files, to)
    unpacked = sum(unpack(to / name, to) for name in copy.archives)
    return Got(to, len(files), sum(file.size for file in files), unpacked)


def _check(files: tuple[Listed, ...], folder: Path) -> None:
    for file in files:
        if difference := file.differs(folder):
            raise InputError(f"{folder / file.path}: {difference}; delete it and get it again")


@contextmanager
def _library_errors(copy: Copy) -> Iterator[None]:
    """The library's errors as ours: what the user can mend, or a download that can go on."""
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError

    try:
        yield
    except JuryError:
        raise
    except GatedRepoError as error:
        raise InputError(
            f"{copy.repo} is gated: accept its conditions on {copy.page}, then set HF_TOKEN to a token of yours"
        ) from error
    except (RepositoryNotFoundError, RevisionNotFoundError) as error:
        raise InputError(
            f"{copy.repo} is not to be had at {copy.revision}; look at {copy.page}, and set HF_TOKEN if it asks for one"
        ) from error
    except Exception as error:  # which HTTP client the library uses, and so what it raises, changes with its version
        raise StoppedEarlyError(
            f"{copy.repo}: the download stopped ({type(error).__name__}: {error}); the same command goes on from there"
        ) from error
