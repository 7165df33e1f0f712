"""The `jury` command."""

from benchmarks.cli.app import main

__all__ = ["main"]
