"""What a run's cases are filtered, sorted and searched by: a table of its own that can be made anew at any time."""

from benchmarks.viewer.index.database import Index
from benchmarks.viewer.index.wishes import ORDERS, Wishes

__all__ = ["ORDERS", "Index", "Wishes"]
