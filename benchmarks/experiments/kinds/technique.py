"""Technique by technique, within one run."""

from benchmarks.experiments.arms import Arm, Design, Split
from benchmarks.experiments.registry import experiment
from benchmarks.experiments.settings import ExperimentSettings


@experiment("technique", ExperimentSettings)
def technique(settings: ExperimentSettings) -> Design:
    """Compare the techniques by which requests are put, in one run.

    Example: jury experiment technique my-set --target rehearsal/reckless --jury poll --out my-techniques
    """
    return Design((Arm("all", settings.arm("all")),), split=Split("technique", first="plain"))
