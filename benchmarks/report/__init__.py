"""Reports: what runs found, in one HTML file that loads nothing from elsewhere."""

from benchmarks.report.build import Written, write_report
from benchmarks.report.section import Wishes

__all__ = ["Wishes", "Written", "write_report"]
