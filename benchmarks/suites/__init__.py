"""Named sets of cases. Every module in this folder is imported, so that a new suite is one new file."""

# Sources load suites, and suites report bad rows as sources do: sources come first, whichever is imported.
import benchmarks.sources  # noqa: F401
from benchmarks.suites.origin import Copy, Origin
from benchmarks.suites.registry import SUITES, Gathered, Suite, suite
from jury.registry import import_folder

__all__ = ["SUITES", "Copy", "Gathered", "Origin", "Suite", "suite"]

import_folder(__name__, __path__)
