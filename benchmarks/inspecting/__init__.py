"""Juries inside Inspect AI: any protocol as the scorer of an Inspect task; needs the extra `[inspect]`."""

from benchmarks.extras import library

library("inspect_ai", extra="inspect")

from benchmarks.inspecting.scoring import asr, jury_scorer, undecided  # noqa: E402 - once it is said what is missing

__all__ = ["asr", "jury_scorer", "undecided"]
