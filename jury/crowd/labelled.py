"""Learned from labelled items: what a juror's votes are worth, by how often it was right where the truth is known."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from jury.crowd.evidence import Evidence, Graded, Table, Witness
from jury.crowd.registry import learner
from jury.crowd.sampling import stratified
from jury.crowd.sheets import NOTHING, Floats, Matrix, Sheet, matrix_of, truth_of
from jury.errors import InputError
from jury.records import Rubric
from jury.reliability.platt import fit_platt
from jury.rules import first_choice


@learner("log_odds", needs="labels")
def log_odds(
    sheets: Sequence[Sheet],
    jurors: Sequence[str],
    rubric: Rubric,
    *,
    labels: float = 0,
    smoothing: float = 1,
    by_class: float = 1,
    graded: float = 0,
    seed: float = 0,
) -> Evidence:
    """Naive Bayes: the log-odds of each class given a vote (I. J. Good 1950; Nitzan & Paroush 1982 for voting).

    `labels` items are drawn from the training items, each class in its share; 0 takes all. `smoothing` is the number of
    made-up votes (Laplace) for every choice. With `by_class` a juror has a rate for every vote in every class, so that
    lopsided errors are allowed for; with 0 one rate of being right. With `graded` a vote that states a confidence says what
    votes of that confidence were worth, for each choice by itself (Platt's calibration): so an evaluator's score is one
    input beside others' ballots.
    """
    drawn = _drawn(sheets, labels, smoothing, seed)
    votes, truth = matrix_of(drawn, jurors, rubric), truth_of(drawn, rubric)
    classes = len(rubric.choices)
    shares = np.bincount(truth, minlength=classes) + smoothing
    rates = _by_class if by_class else _one_rate
    prior = np.log(shares / shares.sum())
    witnesses: dict[str, Witness] = {
        juror: Table(np.log(rates(votes[:, at], truth, classes, smoothing))) for at, juror in enumerate(jurors)
    }
    if graded:
        witnesses |= {
            juror: _graded(drawn, juror, witness.extremes, prior, rubric.choices)
            for juror, witness in witnesses.items()
        }
    return Evidence(rubric, prior, witnesses)


@learner("learned_weights", needs="labels")
def learned_weights(
    sheets: Sequence[Sheet],
    jurors: Sequence[str],
    rubric: Rubric,
    *,
    labels: float = 0,
    smoothing: float = 1,
    seed: float = 0,
) -> Evidence:
    """A weighted vote: a juror weighs the log-odds of its being right, nothing where it is not better than chance.

    The optimal weights of independent jurors (Nitzan & Paroush 1982); they know neither classes nor how frequent they are.
    """
    drawn = _drawn(sheets, labels, smoothing, seed)
    votes, truth = matrix_of(drawn, jurors, rubric), truth_of(drawn, rubric)
    classes = len(rubric.choices)
    witnesses = {}
    for at, juror in enumerate(jurors):
        right = _right(votes[:, at], truth, classes, smoothing)
        witnesses[juror] = Table(np.eye(classes) * max(0.0, float(np.log(right * (classes - 1) / (1 - right)))))
    return Evidence(rubric, np.zeros(classes), witnesses)


def _graded(drawn: Sequence[Sheet], juror: str, rows: Floats, prior: Floats, choices: Sequence[str]) -> Witness:
    """A juror's witness by its confidences, as far as it stated some with a known truth."""
    stated: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sheet in drawn:
        for ballot in sheet.ballots:
            choice = first_choice(ballot)
            if ballot.juror == juror and ballot.confidence is not None and choice is not None:
                stated[choices.index(choice)].append((ballot.confidence, choice == sheet.gold))
    right = {
        place: fit_platt([confidence for confidence, _ in pairs], [hit for _, hit in pairs])
        for place, pairs in stated.items()
    }
    return Graded(rows, prior, right)


def _drawn(sheets: Sequence[Sheet], labels: float, smoothing: float, seed: float) -> list[Sheet]:
    """The labelled items to learn from. Raises `InputError` for impossible arguments and where there are none."""
    if labels < 0 or labels != int(labels):
        raise InputError(f"labels={labels:g} must be a whole number of items, or 0 for all")
    if smoothing <= 0:
        raise InputError(f"smoothing={smoothing:g} must be above 0: no rate is known to be 0 or 1")
    drawn = stratified(sheets, int(labels), int(seed))
    if not drawn:
        raise InputError("there are no labelled items to learn from; add gold labels or take a rule that needs none")
    return drawn


def _by_class(votes: Matrix, truth: Matrix, classes: int, smoothing: float) -> Floats:
    """The rate of every vote (rows) in every class (columns)."""
    counts = np.full((classes, classes), float(smoothing))
    known = votes != NOTHING
    np.add.at(counts, (votes[known], truth[known]), 1)
    rates: Floats = counts / counts.sum(axis=0)
    return rates


def _one_rate(votes: Matrix, truth: Matrix, classes: int, smoothing: float) -> Floats:
    right = _right(votes, truth, classes, smoothing)
    rates: Floats = np.full((classes, classes), (1 - right) / (classes - 1))
    np.fill_diagonal(rates, right)
    return rates


def _right(votes: Matrix, truth: Matrix, classes: int, smoothing: float) -> float:
    known = votes != NOTHING
    hits = int((votes[known] == truth[known]).sum())
    return float((hits + smoothing) / (int(known.sum()) + smoothing * classes))
