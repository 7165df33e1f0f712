"""Limits by model, as a person writes them down."""

from pathlib import Path

from jury.errors import InputError
from jury.records import ModelLimits
from jury.yaml_files import build, read_yaml


def load_limits(path: Path) -> dict[str, ModelLimits]:
    """The limits in a YAML file of `model: {requests_per_minute, tokens_per_minute, concurrency}`.

    Raises `InputError` that names the file, the model and the key at fault.
    """
    return {
        _model(path, model): build(ModelLimits, stated, f"{path} {model}") for model, stated in read_yaml(path).items()
    }


def _model(path: Path, model: object) -> str:
    if not isinstance(model, str) or not model:
        raise InputError(f"{path}: key {model!r} is no model's name; write `provider/model: {{…}}`")
    return model
