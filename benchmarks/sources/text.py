"""Files as text: UTF-8, with or without a byte-order mark."""

from pathlib import Path

from benchmarks.sources.place import Place
from jury.errors import InputError
from jury.files import DATA_BYTES, read_regular
from jury.text_rows import NOT_UTF8, decode_rows


def read_utf8(path: Path, *, by_rows: bool = False) -> str:
    """The text of a file, line ends untouched. Raises `InputError` for a file that is missing, empty or not UTF-8.

    Of a file that is read `by_rows`, each row has to be seen whether it `is_text`.
    """
    data = _bytes_of(path)
    try:
        text = decode_rows(data) if by_rows else data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise not_utf8(Place(path, line, "line")) from error
    if not text.strip():
        raise Place(path).error("is empty", "write at least one case into it")
    return text


def not_utf8(place: Place) -> InputError:
    """The complaint about a row or file that is not UTF-8."""
    return place.error(NOT_UTF8, "save the file as UTF-8")


def _bytes_of(path: Path) -> bytes:
    try:
        return read_regular(path, DATA_BYTES)
    except FileNotFoundError as error:
        raise Place(path).error("there is no such file", "check the path") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Place(path).error(f"cannot be read ({reason})", "check the path and its permissions") from error
