"""A folder whose `data.jsonl` holds the cases: what a committee made, or anything else laid out so."""

from dataclasses import replace
from pathlib import Path

from benchmarks.sources import jsonl
from benchmarks.sources.loaded import Loaded
from jury.media import NOWHERE, MediaStore, Remote

DATA = "data.jsonl"

#: What test requests are judged by where no label says otherwise.
RUBRIC = "safebench"


def load(path: Path, media: MediaStore, limit: int | None, remote: Remote = NOWHERE) -> Loaded:
    """The cases of a data set's folder, under its name. Raises `InputError` naming file, line and field."""
    found = jsonl.load(path / DATA, media, limit, remote)
    return replace(found, name=path.resolve().name, rubric=found.rubric or (None if found.labels else RUBRIC))
