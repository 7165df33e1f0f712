"""How scores are learned: every module in this folder is imported, so that a new back-end is one new file."""

from jury.guardrank.backends.registry import BACKENDS, Backend, Fitted
from jury.registry import import_folder

__all__ = ["BACKENDS", "Backend", "Fitted"]

import_folder(__name__, __path__)
