"""A local web app: runs, cases and their debates to read, people's labels to give, and seats to take on a jury."""

from benchmarks.viewer.serving import Served, opened

__all__ = ["Served", "opened"]
