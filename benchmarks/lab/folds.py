"""A recording's folds."""

from collections.abc import Sequence

from benchmarks.lab.recording import Recording
from jury.folds import dealt

Folds = Sequence[frozenset[str]]


def folds_of(recording: Recording, count: int, seed: int = 0) -> Folds:
    """So many folds of a recording's items; see `jury.folds.dealt`."""
    labels = {sheet.item: sheet.gold or "" for sheet in recording.sheets}
    return dealt({item: recording.groups[item] for item in recording.items}, labels, count, seed)
