"""Engines: what carries a run's cases to their verdicts, in one process or in many."""

from benchmarks.engines.registry import ENGINES, Engine, Work
from jury.registry import import_folder

__all__ = ["ENGINES", "Engine", "Work"]

import_folder(__name__, __path__)
