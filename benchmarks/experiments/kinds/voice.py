"""A female voice against a male one (SafeBench, arXiv 2410.18927, publishes both for three audio models)."""

from pydantic import Field

from benchmarks.experiments.arms import Design
from benchmarks.experiments.registry import experiment
from benchmarks.experiments.settings import ExperimentSettings
from benchmarks.experiments.showing import showing
from benchmarks.settings import ExhibitName


class VoicesSettings(ExperimentSettings):
    """What is shown beside a voice."""

    with_text: bool = Field(default=False, description="show the text beside the clip")


@experiment("voice", VoicesSettings)
def voice(settings: VoicesSettings) -> Design:
    """Compare a female voice with a male one.

    Example: jury experiment voice my-set --target rehearsal/reckless --jury poll --out my-voices
    """
    text: tuple[ExhibitName, ...] = ("text",) if settings.with_text else ()
    return Design(
        (
            showing(settings, "female", "a female voice", (*text, "audio_female")),
            showing(settings, "male", "a male voice", (*text, "audio_male")),
        )
    )
