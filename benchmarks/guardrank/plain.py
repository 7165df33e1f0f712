"""What GuardRank is measured against: plain tf-idf of words and logistic regression, with the threshold that did best.

Not a back-end that ships. Ballots, where there are any, are columns of the same regression.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jury.guardrank.backends.registry import Answers, Rows, Scores
from jury.guardrank.backends.regression import narrow, regression
from jury.guardrank.reading import Reading
from jury.guardrank.tasks import Task
from jury.guardrank.thresholds import greatest_f1
from jury.guardrank.training import Lesson

#: The strongest of 1, 10 and 100 on MSTS.
INVERSE_PENALTY = 10.0

#: Folds inside the training answers, for the threshold.
INNER = 5


@dataclass(frozen=True)
class Texts:
    """Prompt and answer as one text each, and ballots as numbers: shape (answers, columns), which may be none."""

    texts: NDArray[Any]
    votes: NDArray[np.float64]

    def __getitem__(self, rows: Rows) -> "Texts":
        return Texts(self.texts[rows], self.votes[rows])


def texts_of(readings: Sequence[Reading], votes: NDArray[np.float64] | None) -> Texts:
    """The texts of some readings, with their ballots."""
    texts = np.array([f"{reading.prompt} \n {reading.response}" for reading in readings], dtype=object)
    return Texts(texts, np.zeros((len(readings), 0)) if votes is None else votes)


def plain_labels(
    texts: Texts, lesson: Lesson, task: Task, held_out: Rows, seed: int
) -> tuple[list[str], NDArray[np.float64]]:
    """The labels of held-out answers by what the others teach, and the probability of every label."""
    rest = np.setdiff1d(np.arange(len(lesson)), held_out)
    part = lesson.part(rest)
    answers = task.answers(part.labels)
    scores = _scores(texts[rest], answers, texts[held_out])
    probabilities = task.probabilities(1 / (1 + np.exp(-scores)))
    if task.kind != "binary":
        return [task.labels[place] for place in probabilities.argmax(axis=1)], probabilities
    inner = np.zeros(len(rest))
    for fold in part.folds(INNER, seed):
        others = np.setdiff1d(np.arange(len(rest)), fold)
        inner[fold] = _scores(texts[rest[others]], answers[others], texts[rest[fold]])[:, 0]
    cut = greatest_f1(inner, answers[:, 0], lowest=float(inner.min()))
    negative = next(label for label in task.labels if label != task.positive)
    return [task.positive if score > cut else negative for score in scores[:, 0]], probabilities


def _scores(known: Texts, answers: Answers, asked: Texts) -> Scores:
    """Log-odds of every question: words and pairs of words in two answers or more, sublinear tf-idf, classes weighed alike."""
    from scipy.sparse import csr_array, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectoriser = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    design = narrow(hstack([vectoriser.fit_transform(known.texts), csr_array(known.votes)]).tocsr())
    other = hstack([vectoriser.transform(asked.texts), csr_array(asked.votes)]).tocsr()
    learned = (regression(design, column, INVERSE_PENALTY) for column in answers.T)
    return np.column_stack([other @ weights + intercept for weights, intercept in learned])
