"""A trained evaluator: from readings to labels with probabilities."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from jury.guardrank.backends import BACKENDS
from jury.guardrank.backends.registry import Fitted
from jury.guardrank.reading import Reading
from jury.guardrank.scale import Prediction, Scale
from jury.guardrank.tasks import Task


@dataclass(frozen=True)
class Model:
    """What was learned, and how its scores are read.

    `about` says what it was trained on and what it reached: plain values, without influence on anything.
    """

    backend: str
    fitted: Fitted
    scale: Scale
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def task(self) -> Task:
        """What it judges."""
        return self.scale.task

    def predict(self, readings: Sequence[Reading]) -> list[Prediction]:
        """A prediction for every reading."""
        return self.scale.predictions(self.fitted.scores(BACKENDS.get(self.backend).encode(readings)))
