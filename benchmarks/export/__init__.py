"""Finished runs in the formats of others."""

from benchmarks.export.formats import EXPORTS, export_format
from benchmarks.export.rows import columns, rows

__all__ = ["EXPORTS", "columns", "export_format", "rows"]
