"""The head that back-ends share: a logistic regression with a ridge penalty, classes weighed alike."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jury.guardrank.signals import Floats


def narrow(matrix: Any) -> Any:
    """A sparse matrix with indices of 32 bits: scikit-learn takes no others."""
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    return matrix


def regression(design: Any, answers: NDArray[np.bool_], inverse_penalty: float) -> tuple[Floats, float]:
    """Weights and intercept. Where all answers are the same there is nothing to weigh."""
    from sklearn.linear_model import LogisticRegression

    yes = int(answers.sum())
    if yes in {0, len(answers)}:
        return np.zeros(design.shape[1]), float(np.log((yes + 0.5) / (len(answers) - yes + 0.5)))
    model = LogisticRegression(C=inverse_penalty, solver="liblinear", class_weight="balanced", random_state=0)
    model.fit(design, answers)
    return model.coef_[0], float(model.intercept_[0])
