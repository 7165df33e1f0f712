"""Named sets of cases. Every module in this folder is imported, so that a new suite is one new file."""

from importlib import import_module
from pkgutil import iter_modules

from benchmarks.suites.registry import SUITES, Suite, suite

__all__ = ["SUITES", "Suite", "suite"]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
