"""Arms that differ in the parts of a request that a target is given."""

from typing import Literal

from pydantic import Field

from benchmarks.experiments.arms import Arm
from benchmarks.experiments.settings import ExperimentSettings
from benchmarks.settings import ExhibitName

Voice = Literal["female", "male"]


class VoiceSettings(ExperimentSettings):
    """Whose voice is heard."""

    voice: Voice = Field(default="female", description="the voice that speaks: female or male")

    @property
    def clip(self) -> ExhibitName:
        """The part of an item that is spoken."""
        return "audio_female" if self.voice == "female" else "audio_male"


def showing(
    settings: ExperimentSettings, name: str, said: str, exhibits: tuple[ExhibitName, ...], *, optional: bool = False
) -> Arm:
    """An arm that shows these parts."""
    return Arm(name, settings.arm(name, exhibits=exhibits), said=said, optional=optional)
