"""Libraries that only an extra brings."""

from importlib import import_module
from typing import Any

from jury.errors import InputError


def library(name: str, *, extra: str) -> Any:
    """The module of that name. Raises `InputError` that names the extra where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        raise InputError(f"this needs {name.split('.')[0]}; pip install 'multimodal-jury[{extra}]'") from None
