"""Speech alone against speech and its text.

SafeBench (arXiv 2410.18927) publishes both for Qwen2-Audio, which answers clips with text far less safely.
"""

from benchmarks.experiments.arms import Design
from benchmarks.experiments.registry import experiment
from benchmarks.experiments.showing import VoiceSettings, showing


@experiment("speech-and-text", VoiceSettings)
def speech_and_text(settings: VoiceSettings) -> Design:
    """Compare speech alone with speech and its text.

    Example: jury experiment speech-and-text my-set --target rehearsal/reckless --jury poll --out my-speech
    """
    return Design(
        (
            showing(settings, "speech", "speech alone", (settings.clip,)),
            showing(settings, "speech and text", "speech and its text", ("text", settings.clip)),
        )
    )
