"""`recorded/<file>#<juror>`: answers from recorded ballots, one CSV row (`item_id,juror,label`) per ballot."""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jury.errors import InputError
from jury.providers.registry import PROVIDERS, Provider
from jury.providers.response import response_of
from jury.spreadsheet import restored

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

    Raises `InputError` naming file, row and field if the file is missing or is not of the layout
    `item_id,juror,label` (rows are counted as a spreadsheet does: the header is row 1).
    """
    return tuple(_ballots(Path(file)).labels)


def recorded_labels(model: str) -> dict[str, int]:
    """How often a recorded juror, `recorded/FILE#JUROR`, gave each label. Raises `InputError` for a bad file or juror."""
    name = model.removeprefix("recorded/")
    origin(name)
    file, juror = _split(name)
    return dict(Counter(_ballots(file).labels[juror].values()))


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
        content = file.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            f"{file} can't be read: {error.strerror}; name a file with the columns {','.join(COLUMNS)}"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    labels: dict[str, dict[str, str]] = {}
    for row, (item, juror, label) in _rows(file, text):
        recorded = labels.setdefault(juror, {}).setdefault(item, label)
        if recorded != label:
            raise InputError(
                f"{file} row {row}: field `label` differs from an earlier row for item {item!r} and juror {juror!r}; keep one of them"
            )
    return RecordedBallots(hashlib.sha256(content).hexdigest(), labels)


def _rows(file: Path, text: str) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Row numbers with item, juror and label."""
    read: list[list[str]] = []
    try:
        read.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise InputError(
            f"{file} row {len(read) + 1}: is not readable as CSV ({error}); mend its quotes or its length"
        ) from error
    header, *rows = restored(read) or [[]]
    places = _places(file, header)
    for row, fields in enumerate(rows, start=2):
        if fields:
            yield row, _checked(file, row, fields, header, places)


def _places(file: Path, header: list[str]) -> tuple[int, int, int]:
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise InputError(f"{file} row 1: column `{missing[0]}` is missing; the columns must be {','.join(COLUMNS)}")
    item, juror, label = (header.index(column) for column in COLUMNS)
    return item, juror, label


def _checked(
    file: Path, row: int, fields: list[str], header: list[str], places: tuple[int, int, int]
) -> tuple[str, str, str]:
    if len(fields) != len(header):
        raise InputError(f"{file} row {row}: has {len(fields)} fields where the header has {len(header)}; mend the row")
    item, juror, label = (fields[place] for place in places)
    for column, value in (("item_id", item), ("juror", juror)):
        if not value:
            raise InputError(f"{file} row {row}: field `{column}` is empty; fill it in or remove the row")
    return item, juror, label


PROVIDERS.add("recorded")(Provider(handler=make_handler, origin=origin, addressed=True, repairable=False))
