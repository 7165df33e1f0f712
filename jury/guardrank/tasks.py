"""What is judged: labels as yes-or-no questions, and answers to these as probabilities of labels.

`binary`: is it the positive label? `nominal`: is it this label? for each of them. `ordinal`: is it above this grade? for each
grade but the last (Frank & Hall 2001, "A simple approach to ordinal classification").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from jury.errors import InputError
from jury.guardrank.backends.registry import Answers, Scores

Kind = Literal["binary", "nominal", "ordinal"]


@dataclass(frozen=True)
class Task:
    """Labels and how they hang together. Grades of an ordinal task stand in their order; `positive` is what is looked for."""

    kind: Kind
    labels: tuple[str, ...]
    positive: str

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions in words."""
        if self.kind == "binary":
            return (self.positive,)
        if self.kind == "nominal":
            return self.labels
        return tuple(f"above {label}" for label in self.labels[:-1])

    def answers(self, labels: Sequence[str]) -> Answers:
        """The true answers for some labels: shape (labels, questions)."""
        if self.kind == "ordinal":
            grade = np.array([self.labels.index(label) for label in labels])
            above: Answers = grade[:, None] > np.arange(len(self.labels) - 1)
            return above
        asked: Answers = np.array(labels, dtype=object)[:, None] == np.array(self.questions, dtype=object)
        return asked

    def probabilities(self, answers: Scores) -> Scores:
        """The probability of every label, from that of yes to every question: rows add up to 1."""
        if self.kind == "binary":
            place = self.labels.index(self.positive)
            found = np.empty((len(answers), 2))
            found[:, place], found[:, 1 - place] = answers[:, 0], 1 - answers[:, 0]
            return found
        if self.kind == "nominal":
            shares: Scores = answers / answers.sum(axis=1, keepdims=True)
            return shares
        # What lies above a grade lies above the one before it, whatever two regressions say.
        falling = np.minimum.accumulate(answers, axis=1)
        bounds = np.column_stack([np.ones(len(answers)), falling, np.zeros(len(answers))])
        grades: Scores = bounds[:, :-1] - bounds[:, 1:]
        return grades


def task_of(labels: Sequence[str], kind: Kind | None, positive: str | None) -> Task:
    """The task that some labels make. Two labels are binary, whole numbers are grades, all others nominal.

    Raises `InputError` for fewer than two labels, a positive one that is not among them, or a kind they don't fit.
    """
    found = sorted(set(labels))
    if len(found) < 2:
        raise InputError(
            f"there is only one label ({', '.join(found) or 'none'}); an evaluator learns from two or more"
        )
    numbers = all(label.lstrip("-").isdigit() for label in found)
    kind = kind or ("binary" if len(found) == 2 else "ordinal" if numbers else "nominal")
    if kind == "binary" and len(found) != 2:
        raise InputError(f"a binary evaluator takes two labels, here are {len(found)}: {', '.join(found)}")
    if kind == "ordinal" and not numbers:
        raise InputError(f"grades are whole numbers, and these are not: {', '.join(found)}; take the kind `nominal`")
    if numbers:
        found.sort(key=int)
    default = "unsafe" if "unsafe" in found else found[-1] if kind == "ordinal" else None
    if kind == "binary" and positive is None and default is None:
        raise InputError(f"which label is looked for? name one with --positive ({', '.join(found)})")
    if positive is not None and positive not in found:
        raise InputError(f"no label {positive!r}; --positive takes one of {', '.join(found)}")
    return Task(kind, tuple(found), positive or default or found[0])
