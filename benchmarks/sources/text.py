"""Files as text: UTF-8, with or without a byte-order mark."""

from pathlib import Path

from benchmarks.sources.place import Place


def read_utf8(path: Path) -> str:
    """The text of a file, line ends untouched. Raises `InputError` for a file that is missing, empty or not UTF-8."""
    data = _bytes_of(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Place(path, line, "line").error("is not UTF-8 text", "save the file as UTF-8") from error
    if not text.strip():
        raise Place(path).error("is empty", "write at least one case into it")
    return text


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Place(path).error("there is no such file", "check the path") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Place(path).error(f"cannot be read ({reason})", "check the path and its permissions") from error
