"""Queries spoken: clips taken, mastered to one form and one loudness, checked, and taken again where they are bad."""

from jury.speaking.mastering import mastered
from jury.speaking.studio import TAKES, RecordingStudio

__all__ = ["TAKES", "RecordingStudio", "mastered"]
