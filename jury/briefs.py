"""What a juror is handed that reads no prompt: the exhibits and the rubric as plain values."""

from typing import Any

from jury.providers import provider_of
from jury.records import Rubric, Transcript
from jury.screening import USUAL, Screen


def is_briefed(model: str) -> bool:
    """Whether a model is handed a brief."""
    provider = provider_of(model)
    return provider is not None and provider.briefed


def brief_of(transcript: Transcript, rubric: Rubric, screen: Screen = USUAL) -> dict[str, Any]:
    """The case's turns and the answers as the screen lets them be seen, and how ballots are filled in.

    Without the case's id, its labels or the target's name.
    """
    case = transcript.case
    shown = {
        "turns": [turn.model_dump(mode="json") for turn in case.turns],
        "answers": [screen.seen(answer.text).text for answer in transcript.answers],
        "transcriptions": [said.text for said in transcript.transcriptions],
        "language": case.language,
        "scenario": case.scenario,
    }
    return {
        **shown,
        "rubric": rubric.model_dump(
            mode="json", include={"choices", "positive", "also_positive", "aliases", "rating", "name"}
        ),
    }
