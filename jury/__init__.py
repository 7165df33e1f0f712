"""Panels of language models that deliberate: records, settings and the parts of a trial."""

import os

# LiteLLM fetches a price list when it is imported, unless it is told before that the shipped one will do.
os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")

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
