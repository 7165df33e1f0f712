"""Words of published files in the forms that cases hold them in."""

import re
from pathlib import PurePosixPath

from benchmarks.sources.fields import Fields


def slug(words: str) -> str:
    """Words as a key: `Hate Speech` and `hate-speech` are both `hate_speech`."""
    return "_".join(re.findall(r"\w+", words.lower().replace("_", " ").replace("&", " and ")))


def text_of(row: Fields, name: str) -> str:
    """The words of a field that may be written as a number, empty where it is absent. Raises `InputError` for the rest."""
    value = row.values.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return row.words(name)


def file_of(row: Fields, *names: str) -> str:
    """The file that the first filled one of some fields names. Raises `InputError` if none does."""
    file = next((words for name in names if (words := row.words(name))), "")
    if not PurePosixPath(file).name:
        raise row.error(names[0], "names no file", "write the file's name or remove the row")
    return file
