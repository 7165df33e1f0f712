"""Reading settings from YAML: safe loading, and errors that name the file and the key."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from jury.errors import InputError
from jury.files import read_regular
from jury.trust.bases import note_bases

M = TypeVar("M", bound=BaseModel)


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file. Raises `InputError` that names the file and the line."""
    # With PyYAML and Jinja, which a help page does not wait for.
    from prompts.yaml_text import YamlTextError, yaml_value

    try:
        content = yaml_value(read_regular(path).decode("utf-8"))
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}; name an existing YAML file") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text; save it as UTF-8") from None
    except YamlTextError as error:
        raise InputError(f"{path}{error.where}: {error}") from None
    if not isinstance(content, dict):
        raise InputError(f"{path} holds no mapping; write `key: value` lines")
    note_bases(content, path)
    return content


def build(model: type[M], content: Any, where: str) -> M:
    """A record made from what a file says. Raises `InputError` that names the file and the field at fault."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise InputError(f"{where}: {first_problem(error, model)}") from None


def first_problem(error: ValidationError, model: type[BaseModel]) -> str:
    """The first thing pydantic found wrong, as one clause that names the field and, for an unknown one, the known.

    An unknown key comes first: it is often the mistyped name of one that is missing.
    """
    problem = min(error.errors(include_url=False), key=lambda found: found["type"] != "extra_forbidden")
    field = ".".join(str(step) for step in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"unknown key `{field}`{_instead(problem['loc'], model)}"
    message = problem["msg"].removeprefix("Value error, ")
    return f"field `{field}`: {message}" if field else message


def _instead(path: tuple[int | str, ...], model: type[BaseModel]) -> str:
    """What a mistyped key most likely means, and what may stand in its place."""
    known = _keys_at(path[:-1], model)
    near = get_close_matches(str(path[-1]), known, n=1)
    meant = f"; did you mean `{near[0]}`?" if near else ""
    return f"; known keys: {', '.join(known)}{meant}" if known else ""


def _keys_at(path: tuple[int | str, ...], model: type[BaseModel]) -> list[str]:
    """The keys of the record that a path of keys and indices leads to; none where it leads out of records."""
    here: list[type[BaseModel]] = [model]
    for step in path:
        fields = [field for record in here if (field := record.model_fields.get(str(step)))]
        here = (
            [record for field in fields for record in _records_in(field.annotation)] if isinstance(step, str) else here
        )
    return [field.alias or name for record in here for name, field in record.model_fields.items()]


def _records_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The records that a field may hold, alone or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _records_in(inner)
