"""Language by language, within one run."""

from benchmarks.experiments.arms import Arm, Design, Split
from benchmarks.experiments.registry import experiment
from benchmarks.experiments.settings import ExperimentSettings


@experiment("language", ExperimentSettings)
def language(settings: ExperimentSettings) -> Design:
    """Compare the languages of requests, in one run.

    Example: jury experiment language sample --target rehearsal/reckless --jury poll --out my-languages
    """
    return Design((Arm("all", settings.arm("all")),), split=Split("language", first="en"))
