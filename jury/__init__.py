"""Panels of language models that deliberate: records, settings and the parts of a trial."""

from jury.errors import InputError, JuryError, StoppedEarlyError
from jury.records import (
    Answer,
    Ballot,
    Case,
    ImagePart,
    Juror,
    Jury,
    Panel,
    Protocol,
    Rubric,
    Rule,
    Target,
    TextPart,
    Transcript,
    Turn,
    Verdict,
)

__all__ = [
    "Answer",
    "Ballot",
    "Case",
    "ImagePart",
    "InputError",
    "Juror",
    "Jury",
    "JuryError",
    "Panel",
    "Protocol",
    "Rubric",
    "Rule",
    "StoppedEarlyError",
    "Target",
    "TextPart",
    "Transcript",
    "Turn",
    "Verdict",
]
