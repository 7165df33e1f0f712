"""One case in a JSON file of its own."""

from pathlib import Path

from benchmarks.sources.exhibits import Exhibits
from benchmarks.sources.json_object import object_in
from benchmarks.sources.place import Place
from benchmarks.sources.row import case_of
from benchmarks.sources.text import read_utf8
from jury.media import MediaStore
from jury.records import Case


def load_case(path: Path, media: MediaStore) -> Case:
    """The case in a JSON file; file names in it are relative to its folder. Raises `InputError` naming file and field."""
    return case_of(object_in(read_utf8(path), Place(path)), Exhibits(path.parent, media))
