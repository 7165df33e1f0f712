"""Modality: the same requests as text, as text with an image, and as speech."""

from benchmarks.experiments.arms import Design
from benchmarks.experiments.registry import experiment
from benchmarks.experiments.showing import VoiceSettings, showing


@experiment("modality", VoiceSettings)
def modality(settings: VoiceSettings) -> Design:
    """Compare requests as text with text and image, and with speech, as far as the source has them.

    Example: jury experiment modality my-set --target rehearsal/reckless --jury poll --out my-modalities
    """
    return Design(
        (
            showing(settings, "text", "text alone", ("text",)),
            showing(settings, "text and image", "text and image", ("text", "image"), optional=True),
            showing(settings, "speech", f"speech ({settings.voice} voice)", (settings.clip,), optional=True),
        )
    )
