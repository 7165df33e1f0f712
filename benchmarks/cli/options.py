"""Options of a command made from the fields of records, so that a setting is stated once: its name, type, range and words.

A tuple is written `A,B`, a mapping or a record within the record `KEY=VALUE,KEY=VALUE`.
"""

import functools
import inspect
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import typer
from pydantic.fields import FieldInfo

from jury.errors import InputError
from jury.records import Record

#: What the command line can take as it is; anything else is written as text.
_PLAIN = (bool, int, float, Path)

Values = dict[str, Any]
#: A command that is handed its settings in groups, beside options of its own.
Command = Callable[..., None]


def settings_from(**groups: type[Record]) -> Callable[[Command], Command]:
    """A decorator: the command takes every field of the records as an option, and is handed a mapping for each group.

    Fields keep their order; required ones are required options. A field with `json_schema_extra={"option": False}` is for
    Python only. Raises `InputError` at call time for text that is not of the form a field asks for.
    """
    parsers = {
        group: {name: _parser(field.annotation) for name, field in _fields(record).items()}
        for group, record in groups.items()
    }
    parameters = [_parameter(name, field) for record in groups.values() for name, field in _fields(record).items()]

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def called(**given: Any) -> None:
            handed = {
                group: {name: parse(name, given.pop(name)) for name, parse in fields.items()}
                for group, fields in parsers.items()
            }
            command(**handed, **given)

        stated = inspect.signature(command).parameters.values()
        own = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in stated if one.name not in groups]
        shown = sorted([*parameters, *own], key=lambda one: one.default is not inspect.Parameter.empty)
        called.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
        called.__annotations__ = {one.name: one.annotation for one in shown}
        return called

    return decorate


def _fields(record: type[Record]) -> dict[str, FieldInfo]:
    return {
        name: field
        for name, field in record.model_fields.items()
        if not (isinstance(field.json_schema_extra, Mapping) and field.json_schema_extra.get("option") is False)
    }


def _parameter(name: str, field: FieldInfo) -> inspect.Parameter:
    kind, metavar = _kind(field.annotation)
    # An option without a default must be told apart from one whose default is to say nothing.
    default = inspect.Parameter.empty if field.is_required() else _shown(field.get_default(call_default_factory=True))
    annotation = kind if default is inspect.Parameter.empty or default is not None else kind | None
    option = typer.Option(help=field.description, metavar=metavar, **_range(field))
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[annotation, option]
    )


def _kind(annotation: Any) -> tuple[Any, str | None]:
    """The type a command line reads, and how what it reads is written where that is not plain."""
    wanted = _without_none(annotation)
    if wanted in _PLAIN:
        return wanted, None
    if get_origin(wanted) is tuple:
        return str, "NAME[,NAME]"
    return str, "KEY=VALUE[,…]" if _is_mapping(wanted) else None


def _parser(annotation: Any) -> Callable[[str, Any], Any]:
    wanted = _without_none(annotation)
    if get_origin(wanted) is tuple:
        return lambda _, text: tuple(filter(None, (one.strip() for one in (text or "").split(","))))
    return _pairs if _is_mapping(wanted) else lambda _, value: value


def _pairs(name: str, text: str | None) -> Values:
    """What `KEY=VALUE,KEY=VALUE` says; a value that is JSON is what JSON says, any other is text."""
    found: Values = {}
    for pair in filter(None, (one.strip() for one in (text or "").split(","))):
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise InputError(f"--{name.replace('_', '-')}: {pair!r} is not KEY=VALUE; write for example size=512x512")
        found[key.strip()] = _read(value.strip())
    return found


def _read(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def _shown(default: Any) -> Any:
    """A default as it would be written on the command line."""
    if isinstance(default, tuple):
        return ",".join(map(str, default))
    pairs = default.model_dump(exclude_defaults=True) if isinstance(default, Record) else default
    return ",".join(f"{key}={value}" for key, value in pairs.items()) if isinstance(pairs, Mapping) else default


def _range(field: FieldInfo) -> dict[str, Any]:
    """The bounds that belong to a field's range; open ones are left to the record."""
    bounds = {"min": "ge", "max": "le"}
    found = {
        name: getattr(constraint, stated)
        for constraint in field.metadata
        for name, stated in bounds.items()
        if getattr(constraint, stated, None) is not None
    }
    return found if _without_none(field.annotation) in {int, float} else {}


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in {Union, UnionType}:
        kept = [one for one in get_args(annotation) if one is not type(None)]
        return kept[0] if len(kept) == 1 else annotation
    return annotation


def _is_mapping(kind: Any) -> bool:
    base = get_origin(kind) or kind
    return base is dict or (inspect.isclass(base) and issubclass(base, Record))
