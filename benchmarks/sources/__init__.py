"""Sources of cases: folders, files and suites, read strictly and with every complaint naming file, row and field."""

from benchmarks.sources.case_file import load_case
from benchmarks.sources.loaded import Loaded
from benchmarks.sources.loading import load

__all__ = ["Loaded", "load", "load_case"]
