"""GuardRank: a light evaluator trained on human labels, so that the judge is nobody's competitor (MLLMGuard, section 5).

A model reads prompt, answer, language, scenario and what stands for pictures, and says a label with a probability. It is
a juror like every other: `guardrank/default`, or `guardrank/FOLDER`.
"""

from jury.guardrank.model import Model
from jury.guardrank.reading import Reading, reading_of, recorded_reading
from jury.guardrank.saving import load_model, save_model
from jury.guardrank.scale import Prediction
from jury.guardrank.tasks import Task, task_of
from jury.guardrank.training import Lesson, Training, train

__all__ = [
    "Lesson",
    "Model",
    "Prediction",
    "Reading",
    "Task",
    "Training",
    "load_model",
    "reading_of",
    "recorded_reading",
    "save_model",
    "task_of",
    "train",
]
