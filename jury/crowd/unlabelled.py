"""Learned from ballots alone: how good every juror is, and what is true, found together by expectation-maximisation.

Dawid & Skene 1979, "Maximum likelihood estimation of observer error-rates using the EM algorithm". Jurors are taken to
err independently; where they share blind spots the result is surer than it should be, and may be wrong. A diagnostic.
"""

from collections.abc import Callable, Sequence

import numpy as np

from jury.crowd.evidence import Evidence, Table
from jury.crowd.registry import learner
from jury.crowd.sheets import NOTHING, Floats, Matrix, Sheet, matrix_of
from jury.errors import InputError
from jury.records import Rubric

#: Steps at the most, and the largest change of a posterior at which nothing moves any more.
STEPS = 500
STILL = 1e-10

#: No rate and no prior is taken for less: the logarithm of 0 is none.
TINY = 1e-10

#: From votes (items, jurors), posteriors (items, classes) and smoothing to rates (jurors, votes, classes).
Rates = Callable[[Floats, Floats, float], Floats]


@learner("dawid_skene", needs="ballots")
def dawid_skene(sheets: Sequence[Sheet], jurors: Sequence[str], rubric: Rubric, *, smoothing: float = 0) -> Evidence:
    """Every juror has a rate of every vote in every class.

    `smoothing` (0 to 1) is the share of a juror's votes that is spread over all choices alike, and the least that a class's
    prior can be. It is a share, not a number of votes: listing every item twice changes nothing. 0 is the estimator as it was
    published. Raises `InputError` for another share.
    """
    return _learned(sheets, jurors, rubric, _confusions, smoothing)


@learner("one_coin", needs="ballots")
def one_coin(sheets: Sequence[Sheet], jurors: Sequence[str], rubric: Rubric, *, smoothing: float = 0) -> Evidence:
    """Every juror has one rate of being right, whatever the class, and errs to all other choices alike; `smoothing` as above."""
    return _learned(sheets, jurors, rubric, _coins, smoothing)


def _learned(
    sheets: Sequence[Sheet], jurors: Sequence[str], rubric: Rubric, rates_of: Rates, smoothing: float
) -> Evidence:
    if not 0 <= smoothing <= 1:
        raise InputError(f"smoothing={smoothing:g} must be from 0 to 1")
    votes = matrix_of(sheets, jurors, rubric)
    if not (votes != NOTHING).any():
        raise InputError("there are no ballots to learn from; name items that have some")
    indicators = _indicators(votes, len(rubric.choices))
    posterior = _majority(indicators)
    for _ in range(STEPS):
        prior, rates = posterior.mean(axis=0), rates_of(indicators, posterior, smoothing)
        following = _posterior(indicators, np.maximum(prior, max(smoothing, TINY)), rates)
        moved = float(np.abs(following - posterior).max())
        posterior = following
        if moved < STILL:
            break
    prior, rates = posterior.mean(axis=0), rates_of(indicators, posterior, smoothing)
    witnesses = {juror: Table(np.log(rates[at])) for at, juror in enumerate(jurors)}
    return Evidence(rubric, np.log(np.maximum(prior, max(smoothing, TINY))), witnesses)


def _indicators(votes: Matrix, classes: int) -> Floats:
    """1 where a juror voted for a choice on an item: shape (items, jurors, choices)."""
    places = np.arange(classes)
    one_hot: Floats = (votes[:, :, None] == places).astype(float)
    return one_hot


def _majority(indicators: Floats) -> Floats:
    """The start: on every item the shares of the votes, so that most jurors are taken to be right more often than not."""
    counts = indicators.sum(axis=1)
    total = counts.sum(axis=1, keepdims=True)
    level = np.full_like(counts, 1 / counts.shape[1])
    shares: Floats = np.where(total > 0, counts / np.maximum(total, 1), level)
    return shares


def _posterior(indicators: Floats, prior: Floats, rates: Floats) -> Floats:
    scores = np.einsum("ijv,jvc->ic", indicators, np.log(rates)) + np.log(prior)
    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = likely / likely.sum(axis=1, keepdims=True)
    return shares


def _confusions(indicators: Floats, posterior: Floats, smoothing: float) -> Floats:
    counts = np.einsum("ijv,ic->jvc", indicators, posterior)
    whole = counts.sum(axis=1, keepdims=True)
    level = 1 / counts.shape[1]
    found = np.divide(counts, whole, out=np.full_like(counts, level), where=whole > TINY)
    rates: Floats = np.maximum((found + smoothing) / (1 + smoothing * counts.shape[1]), TINY)
    return rates


def _coins(indicators: Floats, posterior: Floats, smoothing: float) -> Floats:
    classes = indicators.shape[2]
    right = np.einsum("ijc,ic->j", indicators, posterior)
    whole = indicators.sum(axis=(0, 2))
    hits = (right + smoothing * whole + 1e-12) / ((1 + 2 * smoothing) * whole + 2e-12)
    rates: Floats = np.where(
        np.eye(classes, dtype=bool), hits[:, None, None], ((1 - hits) / (classes - 1))[:, None, None]
    )
    return np.maximum(rates, TINY)
