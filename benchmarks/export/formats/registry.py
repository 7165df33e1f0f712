"""What a format of an export is."""

from collections.abc import Callable
from pathlib import Path

from benchmarks.results import Results
from jury.registry import Registry

Exporter = Callable[[Results, Path], None]

#: Other distributions add theirs through the entry-point group `multimodal_jury.export`.
EXPORTS: Registry[Exporter] = Registry("export")


def export_format(name: str) -> Callable[[Exporter], Exporter]:
    """Register a format: a function that writes a finished run to a file, whole or not at all, case by case if it can."""
    return EXPORTS.add(name)
