"""`recorded/<file>#<juror>`: answers from recorded ballots, one CSV row (`item_id,juror,label`) per ballot."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jury.errors import InputError
from jury.files import DATA_BYTES, read_regular
from jury.labels import label_key
from jury.providers.registry import PROVIDERS, Provider
from jury.providers.response import response_of
from jury.records import Panel
from jury.spreadsheet import restored
from jury.text_rows import csv_rows, decode_rows

COLUMNS = ("item_id", "juror", "label")
#: Files that stay loaded; a run rarely reads more than one.
LOADED_FILES = 4
#: Names listed in an error message.
NAMES_SHOWN = 10


@dataclass(frozen=True)
class RecordedBallots:
    """A file's ballots: juror → item → label, jurors in order of first appearance, labels untouched."""

    sha256: str
    labels: Mapping[str, Mapping[str, str]]


def recorded_jurors(file: str | Path) -> tuple[str, ...]:
    """The jurors of a ballots file in order of first appearance.

    A row that can't be read is left out. Raises `InputError` if the file is missing, is not of the layout
    `item_id,juror,label`, or has no row that can be read (named by the number of its line).
    """
    return tuple(_ballots(Path(file)).labels)


def recorded_labels(model: str) -> dict[str, int]:
    """How often a recorded juror, `recorded/FILE#JUROR`, gave each label. Raises `InputError` for a bad file or juror."""
    name = model.removeprefix("recorded/")
    origin(name)
    file, juror = _split(name)
    return dict(Counter(_ballots(file).labels[juror].values()))


def recorded_items(model: str) -> frozenset[str]:
    """The items that a recorded juror, `recorded/FILE#JUROR`, voted on. Raises `InputError` for a bad file or juror."""
    name = model.removeprefix("recorded/")
    origin(name)
    file, juror = _split(name)
    return frozenset(_ballots(file).labels[juror])


def is_recorded(panel: Panel) -> bool:
    """Whether every juror's ballots were recorded: they judge what they were shown then, whatever is left of it."""
    return all(juror.model.startswith("recorded/") for juror in panel.seats)


def origin(model: str) -> str:
    """The hash of the ballots file and the juror's name. Raises `InputError` for a bad file or an unknown juror."""
    file, juror = _split(model)
    ballots = _ballots(file)
    if juror not in ballots.labels:
        known = list(ballots.labels)
        more = f" and {len(known) - NAMES_SHOWN} more" if len(known) > NAMES_SHOWN else ""
        raise InputError(f"{file} has no juror {juror!r}; known: {', '.join(known[:NAMES_SHOWN])}{more}")
    return hashlib.sha256(f"{ballots.sha256}#{juror}".encode()).hexdigest()


def make_handler() -> Any:
    """The LiteLLM handler. It answers `{"choice": label}` for the case whose id comes as the parameter `item`."""
    import litellm

    class RecordedLLM(litellm.CustomLLM):  # type: ignore[misc]
        async def acompletion(self, model: str, optional_params: dict[str, Any], **_: Any) -> Any:
            file, juror = _split(model)
            item = optional_params.get("item", "")
            label = _ballots(file).labels[juror].get(item)
            if label is None:
                message = f"no ballot recorded for item {item} by juror {juror}"
                raise litellm.NotFoundError(message, model=model, llm_provider="recorded")
            return response_of(model, json.dumps({"choice": label}, ensure_ascii=False) if label else "")

    return RecordedLLM()


def _split(model: str) -> tuple[Path, str]:
    file, mark, juror = model.rpartition("#")
    if not (file and mark and juror):
        raise InputError(f"recorded juror {model!r} does not name a file and a juror; write recorded/<file>#<juror>")
    return Path(file), juror


def _ballots(file: Path) -> RecordedBallots:
    """The file's ballots, read once for as long as the file does not change."""
    try:
        status = file.stat()
    except OSError as error:
        raise InputError(
            f"{file} can't be read: {error.strerror}; name a file with the columns {','.join(COLUMNS)}"
        ) from error
    return _load(file, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=LOADED_FILES)
def _load(file: Path, _mtime_ns: int, _size: int) -> RecordedBallots:
    try:
        content = read_regular(file, DATA_BYTES)
    except OSError as error:
        raise InputError(
            f"{file} can't be read: {error.strerror}; name a file with the columns {','.join(COLUMNS)}"
        ) from error
    labels: dict[str, dict[str, str]] = {}
    disputed: set[tuple[str, str]] = set()
    for item, juror, label in _votes(file, decode_rows(content)):
        recorded = labels.setdefault(juror, {}).setdefault(item, label)
        if label_key(recorded) != label_key(label) and (item, juror) not in disputed:
            disputed.add((item, juror))
            labels[juror][item] = two_labels(recorded, label)
    return RecordedBallots(hashlib.sha256(content).hexdigest(), labels)


def two_labels(one: str, other: str) -> str:
    """What stands for the ballot of a juror who gave an item two labels: words that are no label."""
    return f"two ballots: {one!r} and {other!r}"


def _votes(file: Path, text: str) -> list[tuple[str, str, str]]:
    """Item, juror and label of every row that holds all of them. Raises `InputError` where none does."""
    lines = [*csv_rows(text)]
    cells_of = iter(restored([cells for _, cells in lines if not isinstance(cells, str)]))
    (_, header), *rows = [(number, one if isinstance(one, str) else next(cells_of)) for number, one in lines] or [
        (1, [])
    ]
    if isinstance(header, str):
        raise InputError(f"{file} row 1: {header}; mend it")
    places = _places(file, header)
    read = [(number, _vote(cells, header, places)) for number, cells in rows]
    votes = [vote for _, vote in read if not isinstance(vote, str)]
    if rows and not votes:
        number, fault = read[0]
        raise InputError(f"{file} row {number}: {fault}; mend the row")
    return votes


def _places(file: Path, header: list[str]) -> tuple[int, int, int]:
    names = [name.strip() for name in header]
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        raise InputError(f"{file} row 1: column `{missing[0]}` is missing; the columns must be {','.join(COLUMNS)}")
    item, juror, label = (names.index(column) for column in COLUMNS)
    return item, juror, label


def _vote(cells: list[str] | str, header: list[str], places: tuple[int, int, int]) -> tuple[str, str, str] | str:
    """Item, juror and label of a row, or what is wrong with it."""
    if isinstance(cells, str):
        return cells
    if len(cells) != len(header):
        return f"has {len(cells)} fields where the header has {len(header)}"
    item, juror, label = (cells[place] for place in places)
    for column, value in (("item_id", item), ("juror", juror)):
        if not value.strip():
            return f"field `{column}` is empty"
    return item, juror, label


PROVIDERS.add("recorded")(Provider(handler=make_handler, origin=origin, addressed=True, repairable=False))
