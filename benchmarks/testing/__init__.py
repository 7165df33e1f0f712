"""Juries in a test suite: an assertion on what somebody's own assistant says, and what `jury.pytest_plugin` offers."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.testing.asserting import assert_verdict, assert_verdict_async, held_verdict, require

__all__ = ["assert_verdict", "assert_verdict_async", "held_verdict", "require"]


def __getattr__(name: str) -> Any:
    """A public name, imported on first use: the plugin is loaded with every start of pytest and must not wait for it."""
    if name not in __all__:
        raise AttributeError(f"module 'benchmarks.testing' has no attribute {name!r}")
    return getattr(import_module("benchmarks.testing.asserting"), name)
