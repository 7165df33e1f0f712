"""The attacks. Every module in this folder is imported: a new attack is one new file, and its wording."""

from benchmarks.attack.registry import ATTACKS
from jury.registry import import_folder

import_folder(__name__, __path__)

__all__ = ["ATTACKS"]
