"""An evaluator's scores and jurors' ballots together: one regression over both, learned on out-of-fold scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jury.guardrank.backends.registry import Answers, Scores
from jury.guardrank.tasks import Task

#: The inverse of the ridge penalty, and what a vote weighs beside a score of spread 1.
INVERSE_PENALTY, VOTE = 0.05, 1.0

Votes = NDArray[np.float64]


def votes_of(task: Task, jurors: Sequence[str], said: Sequence[Mapping[str, str]]) -> Votes:
    """The ballots on some answers as numbers: shape (answers, jurors · labels voted for), `VOTE` where a juror voted so.

    Of a binary task only votes for the positive label are told; no vote is a vote for nothing.
    """
    labels = (task.positive,) if task.kind == "binary" else task.labels
    columns = [(juror, label) for juror in jurors for label in labels]
    return np.array([[VOTE * (ballots.get(juror) == label) for juror, label in columns] for ballots in said])


@dataclass(frozen=True)
class Panelled:
    """A regression for every question, and the spread of the scores it learned from."""

    spread: NDArray[np.float64]
    regressions: tuple[Any, ...]

    def scores(self, scores: Scores, votes: Votes) -> Scores:
        """Log-odds from both: shape (answers, questions)."""
        design = np.column_stack([scores / self.spread, votes])
        return np.column_stack([one.decision_function(design) for one in self.regressions])


def fit_panelled(scores: Scores, votes: Votes, answers: Answers) -> Panelled:
    """Learn from out-of-fold scores and votes what they say together."""
    from sklearn.linear_model import LogisticRegression

    spread = np.maximum(scores.std(axis=0), 1e-9)
    design = np.column_stack([scores / spread, votes])
    regressions = (LogisticRegression(C=INVERSE_PENALTY).fit(design, column) for column in answers.T)
    return Panelled(spread, tuple(regressions))
