"""Where something was read, so that every complaint about it names file, row and field."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jury.errors import InputError

_LONGEST = 60


def quoted(value: object) -> str:
    """A value from a file in quotes, short and on one line, whatever it holds."""
    text = repr(value if isinstance(value, str | int | float) else type(value).__name__)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…{text[0]}"


def field_name(name: str) -> str:
    """A field's name between backticks, short and on one line."""
    return f"`{quoted(name)[1:-1]}`"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that a mistyped one most likely means, None where none is near."""
    return next(iter(difflib.get_close_matches(name[:_LONGEST], list(known), n=1, cutoff=0.6)), None)


@dataclass(frozen=True)
class Place:
    """A file, or one row or line of it, counted from 1 as an editor counts lines, or one entry of a list, counted from 1."""

    file: Path
    number: int | None = None
    unit: Literal["row", "line", "entry"] = "row"

    def __str__(self) -> str:
        return str(self.file) if self.number is None else f"{self.file} {self.unit} {self.number}"

    def error(self, problem: str, way_out: str) -> InputError:
        """The complaint about this place, one sentence."""
        return InputError(f"{self}: {problem}; {way_out}")

    def field_error(self, field: str, problem: str, way_out: str) -> InputError:
        """The complaint about one field at this place, one sentence."""
        return self.error(f"field {field_name(field)} {problem}", way_out)
