"""The formats of an export. Every module in this folder is imported: a new format is one new file."""

from benchmarks.export.formats.registry import EXPORTS, export_format
from jury.registry import import_folder

__all__ = ["EXPORTS", "export_format"]

import_folder(__name__, __path__)
