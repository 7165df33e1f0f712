"""An object read from a file that knows its place: typed access to its fields, every error with file, row and field."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.sources.place import Place, field_name, nearest
from jury.errors import InputError


@dataclass(frozen=True)
class Fields:
    """The fields of one object; `within` is the path that leads to it, such as `turns[1].`.

    A field that is null counts as absent.
    """

    place: Place
    values: Mapping[str, Any]
    within: str = ""

    def error(self, name: str, problem: str, way_out: str) -> InputError:
        """The complaint about one field."""
        return self.place.field_error(self.within + name, problem, way_out)

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self.values.get(name) is not None

    def text(self, name: str) -> str | None:
        """The words of a field, untouched, None where it is absent. Raises `InputError` for anything but text."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, str):
            raise self.error(name, f"is {_json_type(value)}, not text", "write text in quotes")
        return value

    def words(self, name: str) -> str:
        """The words of an optional field, empty where it is absent or blank."""
        return (self.text(name) or "").strip()

    def filled(self, name: str, way_out: str) -> str:
        """The words of a required field, untouched. Raises `InputError` where it is absent or blank."""
        value = self.text(name)
        if value is None:
            raise self.error(name, "is missing", way_out)
        if not value.strip():
            raise self.error(name, "is empty", way_out)
        return value

    def table(self, name: str) -> "Fields":
        """The fields of an object inside this one, none where it is absent."""
        value = self.values.get(name)
        return self._inner(f"{name}.", {} if value is None else value, name)

    def tables(self, name: str) -> tuple["Fields", ...]:
        """The fields of each object in a list. Raises `InputError` unless it is a list of at least one object."""
        value = self.values.get(name)
        if not isinstance(value, list) or not value:
            raise self.error(name, "is not a list of objects", "write at least one object between brackets")
        return tuple(self._inner(f"{name}[{i}].", entry, f"{name}[{i}]") for i, entry in enumerate(value))

    def only(self, known: Iterable[str], pattern: str = r"(?!)") -> None:
        """Raises `InputError` for the first field that is neither known nor fits the pattern."""
        known = sorted(known)
        for name in self.values:
            if name not in known and not re.fullmatch(pattern, name):
                raise self.error(name, "is not known here", _suggestion(name, known))

    def _inner(self, within: str, value: object, name: str) -> "Fields":
        if not isinstance(value, dict):
            raise self.error(name, f"is {_json_type(value)}, not an object", "write it between braces")
        return replace(self, values=value, within=self.within + within)


def _suggestion(name: str, known: list[str]) -> str:
    meant = nearest(name, known)
    return f"did you mean {field_name(meant)}" if meant else f"known fields are {', '.join(known)}"


def _json_type(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object", str: "text"}
    return names.get(type(value), "null")
