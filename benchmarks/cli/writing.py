"""Files that a command writes where it is told to."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.cli.terminal import can_show
from jury.errors import InputError


@contextmanager
def writable(path: Path, *, as_json: bool = False) -> Iterator[None]:
    """Say where a file was written. Raises `InputError` where it can't be."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{path} can't be written: {error.strerror or error}; choose another") from None
    told = json.dumps({"written": str(path)}) if as_json else f"Written to {path}"
    sys.stdout.write(told + "\n")


def print_json(document: Any) -> None:
    """One JSON document on standard output, all in ASCII where its encoding lacks a character."""
    text = json.dumps(document, indent=2, ensure_ascii=False)
    if not can_show(sys.stdout, text):
        text = json.dumps(document, indent=2)
    sys.stdout.write(text + "\n")
