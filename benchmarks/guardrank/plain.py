"""What GuardRank is measured against: plain tf-idf of words, and logistic regression. Not a back-end that ships."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jury.guardrank.backends.registry import Answers, Arrays, Rows, Scores
from jury.guardrank.reading import Reading

#: The strongest of 1, 10 and 100 on MSTS.
INVERSE_PENALTY = 10.0


@dataclass(frozen=True)
class Texts:
    """Prompt and answer as one text each."""

    texts: Any

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, rows: Rows) -> "Texts":
        return Texts(self.texts[rows])


@dataclass(frozen=True)
class PlainFitted:
    """A vectoriser and a regression for every question."""

    vectoriser: Any
    regressions: tuple[Any, ...]

    def scores(self, encoded: Texts) -> Scores:
        """Log-odds: shape (readings, questions)."""
        rows = self.vectoriser.transform(encoded.texts)
        return np.column_stack([one.decision_function(rows) for one in self.regressions])

    @property
    def arrays(self) -> Arrays:
        """Nothing: it is never saved."""
        return {}


class Plain:
    """Words and pairs of words that are in two answers or more, sublinear tf-idf, classes weighed alike."""

    def encode(self, readings: Sequence[Reading]) -> Texts:
        """The texts."""
        return Texts(np.array([f"{reading.prompt} \n {reading.response}" for reading in readings], dtype=object))

    def fit(self, encoded: Texts, answers: Answers) -> PlainFitted:
        """Learn every question by itself."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        vectoriser = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        rows = vectoriser.fit_transform(encoded.texts)
        regressions = (
            LogisticRegression(C=INVERSE_PENALTY, solver="liblinear", class_weight="balanced").fit(rows, column)
            for column in answers.T
        )
        return PlainFitted(vectoriser, tuple(regressions))

    def restore(self, arrays: Arrays) -> PlainFitted:
        """It is never saved."""
        del arrays
        raise ValueError("the plain baseline is not saved")
