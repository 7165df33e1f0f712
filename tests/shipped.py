"""The shipped prompts as another release may have them: a copy that a test may change."""

import shutil
from pathlib import Path

import pytest

import prompts


def shipped_copy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped prompts that takes their place until the test ends."""
    ignored = shutil.ignore_patterns("*.py", "__pycache__")
    copy = Path(shutil.copytree(prompts.SHIPPED, folder, ignore=ignored))
    monkeypatch.setattr(prompts, "SHIPPED", copy)
    return copy
