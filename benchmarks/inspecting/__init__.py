"""Juries inside Inspect AI: any protocol as the scorer of an Inspect task; needs the extra `[inspect]`."""

from benchmarks.inspecting.scoring import asr, jury_scorer, undecided

__all__ = ["asr", "jury_scorer", "undecided"]
