"""A command's options, made from a record of settings: each field is stated once, and has one flag and one key."""

import inspect
import json
import types
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import typer
from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from jury.errors import InputError
from jury.records import Record
from jury.yaml_files import build

#: Further names of flags, by the field (within its record) that they set.
ALIASES: Mapping[str, tuple[str, ...]] = {"target.api_base": ("--api-base", "--target-base")}

#: The field of a nested record that its own flag sets: `--target MODEL`.
NAMED_BY = "model"

Command = Callable[[dict[str, Any]], None]


def takes(model: type[Record], argument: str = "") -> Callable[[Command], Callable[..., None]]:
    """Gives a command an option for every field of a record, and `argument`, if there is one, by its place.

    The command gets what was stated on the command line, by field. `--per-model` sets `per_model`; of a nested record,
    `--target-system` sets `target.system` and `--target` its model. Lists are written `A,B`, mappings `KEY=VALUE,KEY=VALUE`
    or as a JSON object. Defaults are the record's: what is not said is left out.
    """
    fields = fields_of(model)
    parameters = [_parameter(path, field, argument) for path, field in fields.items()]

    def decorate(command: Command) -> Callable[..., None]:
        def called(**given: Any) -> None:
            command(_stated(fields, given))

        called.__name__, called.__doc__, called.__module__ = command.__name__, command.__doc__, command.__module__
        called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        called.__annotations__ = {}
        return called

    return decorate


def fields_of(model: type[Record]) -> dict[str, FieldInfo]:
    """Every field that has a flag, by its key; those of nested records with a dot."""
    found: dict[str, FieldInfo] = {}
    for name, field in model.model_fields.items():
        key, nested = field.alias or name, _nested(field)
        if nested is None or NAMED_BY in nested.model_fields:
            found[key] = field
        if nested:
            found.update({f"{key}.{inner}": own for inner, own in nested.model_fields.items() if inner != NAMED_BY})
    return {key: field for key, field in found.items() if _nested(field) or _kind(field.annotation) in _SAYABLE}


def flag_of(key: str) -> str:
    """The flag that sets a key."""
    return "--" + key.replace(".", "-").replace("_", "-")


def words_of(listed: str | None) -> tuple[str, ...]:
    """The words of a list with commas between them, none of None."""
    return tuple(word.strip() for word in (listed or "").split(",") if word.strip())


def settled(model: type[Record], stated: dict[str, Any], command: str, argument: str = "source") -> Any:
    """The record that a command's options make, and the file that its argument may be; flags outweigh the file.

    Raises `InputError` that names file and key, or the flag that is missing.
    """
    from benchmarks.experiment_file import is_experiment, read_experiment

    named, where = stated.get(argument), command
    if named is not None and is_experiment(str(named)):
        stated, where = _over(read_experiment(Path(named), model), stated, argument), str(named)
    for name, field in model.model_fields.items():
        if field.is_required() and (field.alias or name) not in stated:
            way = name.upper() if name == argument else flag_of(name)
            raise InputError(f"{where} lacks `{name}`: {field.description}; say {way}, or `{name}:` in a file")
    return build(model, stated, where)


def _over(file: dict[str, Any], stated: dict[str, Any], argument: str) -> dict[str, Any]:
    """What a file states, outweighed by the command line, in nested records field by field."""
    merged = dict(file)
    for name, value in stated.items():
        below = merged.get(name)
        if name == argument:
            continue
        if isinstance(value, dict) and isinstance(below, str):
            below = {NAMED_BY: below}
        merged[name] = {**below, **value} if isinstance(value, dict) and isinstance(below, dict) else value
    return merged


def _stated(fields: Mapping[str, FieldInfo], given: Mapping[str, Any]) -> dict[str, Any]:
    """What was said on the command line, nested as the record is."""
    stated: dict[str, Any] = {}
    for key, field in fields.items():
        value = given[_parameter_name(key)]
        if value is None:
            continue
        outer, _, inner = key.partition(".")
        if inner or _nested(field):
            stated.setdefault(outer, {})[inner or NAMED_BY] = _read(key, field, value)
        else:
            stated[key] = _read(key, field, value)
    return stated


def _read(key: str, field: FieldInfo, value: Any) -> Any:
    kind = _kind(field.annotation)
    if kind is tuple:
        return words_of(value)
    if kind is dict:
        return _object(key, value) if value.lstrip().startswith("{") else _pairs(key, value)
    return value


def _object(key: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(f"{flag_of(key)} is not a JSON object: {error}") from None


def _pairs(key: str, text: str) -> dict[str, Any]:
    """What `KEY=VALUE,KEY=VALUE` says; a value that is JSON is what JSON says, any other is text."""
    found: dict[str, Any] = {}
    for pair in filter(None, (one.strip() for one in text.split(","))):
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not equals or not name:
            raise InputError(
                f"{flag_of(key)}: {pair!r} is not KEY=VALUE; write for example size=512x512, or a JSON object"
            )
        try:
            found[name] = json.loads(value)
        except ValueError:
            found[name] = value
    return found


def _parameter(key: str, field: FieldInfo, argument: str) -> inspect.Parameter:
    kind = _kind(field.annotation)
    shown = kind if kind in {bool, int, float, Path} else str
    told: Any
    if key == argument:
        told = typer.Argument(help=f"{field.description}; or a YAML file that says it all{_ALSO.get(key, '')}")
    else:
        flags = [flag_of(key), *ALIASES.get(key, ())]
        if kind is bool:
            flags = [f"{flag_of(key)}/--no-{flag_of(key)[2:]}"]
        told = typer.Option(
            *flags, help=_help(field), show_default=False, metavar=_METAVARS.get(kind), **_bounds(field)
        )
    annotation = Annotated[shown | None, told]  # type: ignore[valid-type]
    return inspect.Parameter(_parameter_name(key), inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


#: What else an argument may be.
_ALSO: Mapping[str, str] = {"source": ", or the manifest.json of a run to repeat"}

#: How the values of lists and objects are written.
_METAVARS: Mapping[Any, str] = {tuple: "NAME[,NAME]", dict: "KEY=VALUE[,…]"}

#: The kinds of fields that can be said on a command line; any other is for files and for Python.
_SAYABLE = frozenset({bool, int, float, str, Path, tuple, dict})


def _parameter_name(key: str) -> str:
    return key.replace(".", "__")


def _help(field: FieldInfo) -> str:
    default = field.default
    if isinstance(default, tuple):
        default = ",".join(map(str, default))
    plain = isinstance(default, str | int | float) and not isinstance(default, bool) and default != ""
    return f"{field.description or ''}{f' [default: {default}]' if plain else ''}"


def _bounds(field: FieldInfo) -> dict[str, Any]:
    bounds: dict[str, Any] = {}
    for limit in field.metadata:
        if isinstance(limit, Ge):
            bounds["min"] = limit.ge
        elif isinstance(limit, Le):
            bounds["max"] = limit.le
    return bounds


def _nested(field: FieldInfo) -> type[Record] | None:
    return next(
        (kind for kind in _alternatives(field.annotation) if inspect.isclass(kind) and issubclass(kind, Record)), None
    )


def _kind(annotation: Any) -> Any:
    """The plain type of a field: of alternatives the first, a name where a record may stand instead."""
    first = next(iter(_alternatives(annotation)))
    origin = get_origin(first)
    if origin is Literal:
        return str
    return origin or first


def _alternatives(annotation: Any) -> Iterable[Any]:
    """What a field may be beside None."""
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in {Union, types.UnionType}:
        return [each for one in get_args(annotation) if one is not type(None) for each in _alternatives(one)]
    return [annotation]
