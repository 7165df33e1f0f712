"""Training: scores are learned on all readings, how they are read on scores learned without the reading's group."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from jury.errors import InputError
from jury.folds import dealt
from jury.guardrank.backends import BACKENDS
from jury.guardrank.backends.registry import Backend, Rows, Scores
from jury.guardrank.calibrating import Method
from jury.guardrank.model import Model
from jury.guardrank.reading import Reading
from jury.guardrank.scale import Scale, fit_scale
from jury.guardrank.tasks import Task
from jury.guardrank.thresholds import for_f1, for_recall

#: Folds inside the training readings.
INNER = 5


@dataclass(frozen=True)
class Lesson:
    """Labelled readings. Readings of one group are never parted between folds; ids are unique."""

    ids: tuple[str, ...]
    readings: tuple[Reading, ...]
    labels: tuple[str, ...]
    groups: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, rows: Iterable[int]) -> "Lesson":
        """Some of its readings."""
        kept = [int(row) for row in rows]
        return Lesson(
            tuple(self.ids[row] for row in kept),
            tuple(self.readings[row] for row in kept),
            tuple(self.labels[row] for row in kept),
            tuple(self.groups[row] for row in kept),
        )

    def folds(self, count: int, seed: int) -> list[Rows]:
        """The rows of every fold."""
        place = {item: row for row, item in enumerate(self.ids)}
        groups = dict(zip(self.ids, self.groups, strict=True))
        labels = dict(zip(self.ids, self.labels, strict=True))
        return [np.array(sorted(place[item] for item in fold)) for fold in dealt(groups, labels, count, seed)]


@dataclass(frozen=True)
class Training:
    """How an evaluator is trained.

    `recall`, a share of the positives that must be found, takes the place of F1 in choosing a binary task's threshold;
    `risk` is the share of errors that is put up with where the evaluator counts as sure.
    """

    backend: str = "linear"
    calibration: Method = "platt"
    recall: float | None = None
    risk: float = 0.02
    seed: int = 0

    def scale(self, scores: Scores, lesson: Lesson, task: Task) -> Scale:
        """How scores are read that were learned without the labels they are held against.

        Raises `InputError` for a recall where the task is not binary: nothing else has a threshold.
        """
        if self.recall is not None and task.kind != "binary":
            raise InputError(f"a recall is for two labels, here are {len(task.labels)}; leave it out")
        threshold = for_f1 if self.recall is None else for_recall(self.recall)
        return fit_scale(scores, lesson.labels, task, method=self.calibration, threshold=threshold, risk=self.risk)


@dataclass(frozen=True)
class Learned:
    """A model, and the scores of its lesson's readings by what was learned from other groups."""

    model: Model
    out_of_fold: Scores


def train(lesson: Lesson, task: Task, training: Training) -> Learned:
    """Learn from all readings of a lesson."""
    backend = BACKENDS.get(training.backend)
    return learn(backend, backend.encode(lesson.readings), lesson, task, training)


def learn(backend: Backend, encoded: Any, lesson: Lesson, task: Task, training: Training) -> Learned:
    """The same with readings that are encoded already."""
    answers = task.answers(lesson.labels)
    scores = np.zeros(answers.shape)
    for held_out in lesson.folds(INNER, training.seed):
        rest = np.setdiff1d(np.arange(len(lesson)), held_out)
        scores[held_out] = backend.fit(encoded[rest], answers[rest]).scores(encoded[held_out])
    model = Model(training.backend, backend.fit(encoded, answers), training.scale(scores, lesson, task))
    return Learned(model, scores)
