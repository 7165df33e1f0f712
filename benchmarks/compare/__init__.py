"""Comparing finished runs case by case: what differs, how surely, and what could not be compared."""

from benchmarks.compare.comparison import Comparison, compare

__all__ = ["Comparison", "compare"]
