"""Reading settings from YAML: safe loading, and errors that name the file and the key."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from jury.errors import InputError

M = TypeVar("M", bound=BaseModel)


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file. Raises `InputError` that names the file and the line."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}; name an existing YAML file") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text; save it as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}" if mark else ""
        raise InputError(f"{path}{where}: not valid YAML ({getattr(error, 'problem', None) or 'unreadable'})") from None
    except RecursionError:
        raise InputError(f"{path} is nested too deeply; write it flatter") from None
    if not isinstance(content, dict):
        raise InputError(f"{path} holds no mapping; write `key: value` lines")
    return content


def build(model: type[M], content: Any, where: str) -> M:
    """A record made from what a file says. Raises `InputError` that names the file and the field at fault."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise InputError(f"{where}: {first_problem(error, model)}") from None


def first_problem(error: ValidationError, model: type[BaseModel]) -> str:
    """The first thing pydantic found wrong, as one clause that names the field and, for an unknown one, the known."""
    problem = error.errors(include_url=False)[0]
    field = ".".join(str(step) for step in problem["loc"])
    if problem["type"] == "extra_forbidden":
        known = f"; known keys: {', '.join(model.model_fields)}" if len(problem["loc"]) == 1 else ""
        return f"unknown key `{field}`{known}"
    message = problem["msg"].removeprefix("Value error, ")
    return f"field `{field}`: {message}" if field else message
