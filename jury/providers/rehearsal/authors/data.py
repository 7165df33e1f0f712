"""The authors' grammar, words and kinds: YAML beside the code, read once."""

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=32)
def content_of(name: str) -> dict[str, Any]:
    """What the file `name.yaml` of this room holds."""
    content: dict[str, Any] = yaml.safe_load(files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
    return content
