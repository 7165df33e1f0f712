"""Charts as inline SVG: pure functions from numbers and names to markup that needs no script and no style of its own."""

from benchmarks.report.charts.bars import Bar, bars
from benchmarks.report.charts.grid import Cell, grid
from benchmarks.report.charts.histogram import histogram
from benchmarks.report.charts.ranges import Range, ranges

__all__ = ["Bar", "Cell", "Range", "bars", "grid", "histogram", "ranges"]
