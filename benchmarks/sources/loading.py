"""What a user names as the source of a run, and which reader it goes to."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.settings import ExhibitName
from benchmarks.sources import data_set, folder, jsonl, table
from benchmarks.sources.exhibits import Exhibits
from benchmarks.sources.loaded import Loaded
from benchmarks.sources.place import quoted
from benchmarks.sources.shown import shown
from benchmarks.suites.registry import SUITES
from jury.errors import InputError
from jury.media import NOWHERE, MediaStore, Remote

_Reader = Callable[[Path, MediaStore, int | None, Remote], Loaded]
_BY_SUFFIX: dict[str, _Reader] = {".jsonl": jsonl.load, ".csv": table.load}


def load(
    source: str,
    *,
    media: MediaStore,
    limit: int | None = None,
    data: Path | None = None,
    remote: Remote = NOWHERE,
    exhibits: tuple[ExhibitName, ...] | None = None,
) -> Loaded:
    """The first `limit` cases of a source, or all, in the source's order; images and clips go to the media store.

    A source is a suite's name, a folder with `responses.csv` (or `ballots.csv` and `gold.csv` alone) or with
    `data.jsonl`, or a `.jsonl` or `.csv` file. A suite comes before a folder of its name: write `./name` for the folder. `data` is where a suite's files
    are if they are not shipped, `remote` names the hosts that media may be fetched from,
    `exhibits` the parts of a published set's items, or of a suite's cases, that are shown. Raises `InputError` naming file, row and field.
    """
    if limit is not None and limit < 1:
        raise InputError(f"limit {limit}: leaves no case; take at least 1")
    if source not in tuple(SUITES) and _holds_data_set(source):
        return data_set.load(Path(source), media, limit, remote, exhibits)
    if source in tuple(SUITES):
        found = _load_suite(source, media, limit, data)
        return found if exhibits is None else shown(found, exhibits)
    if exhibits is not None:
        raise InputError(f"source {quoted(source)} is no data set's folder and no suite; leave out --exhibits")
    path = Path(source)
    read = _reader_of(source)(path, media, limit, remote)
    found = _complaining(read, path if path.is_dir() else path.parent, media)
    return replace(found, headlines=SUITES.get(found.suite).headlines) if found.suite else found


def _complaining(found: Loaded, root: Path, media: MediaStore) -> Loaded:
    """The cases with a sentence on every file that can't be used."""
    exhibits = Exhibits(root, media)
    said = [one for case in found.cases for one in exhibits.complaints(case, f"case {quoted(case.id)}")]
    return replace(found, problems=(*found.problems, *said))


def _load_suite(name: str, media: MediaStore, limit: int | None, data: Path | None) -> Loaded:
    suite = SUITES.get(name)
    gathered = suite.load(media, data, limit)
    found = Loaded.of(name, gathered.cases)
    rehearsal = suite.rehearsal or found.rehearsal
    return replace(
        found,
        rubric=suite.rubric,
        rehearsal=rehearsal,
        problems=gathered.problems,
        suite=name,
        headlines=suite.headlines,
        rows=gathered.rows,
        rubric_reason=f"the data are of suite {name}",
    )


def _reader_of(source: str) -> _Reader:
    if _is_folder(source):
        return folder.load
    reader = _BY_SUFFIX.get(Path(source).suffix.lower())
    if reader is None:
        raise InputError(
            f"source {quoted(source)} is not known; name a folder with {folder.RESPONSES} (or {folder.BALLOTS} and "
            f"{folder.GOLD}) or {data_set.DATA}, a .jsonl or .csv file of cases, or a suite ({', '.join(SUITES)})"
        )
    return reader


def _holds_data_set(source: str) -> bool:
    """Answers come first: a folder that holds some is a folder of answers, whatever lies beside them."""
    path = Path(source)
    return _is_folder(source) and (path / data_set.DATA).is_file() and not (path / folder.RESPONSES).is_file()


def _is_folder(source: str) -> bool:
    try:
        return Path(source).is_dir()
    except (OSError, ValueError):  # a name that no file can have
        return False
