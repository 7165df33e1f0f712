"""How many independent votes a panel amounts to.

n_eff = K / (1 + (K − 1) ρ), Kish's effective number (Kish 1965, "Survey sampling", section 5.4): the variance of the mean of K votes
whose mean correlation is ρ is that of n_eff independent ones. ρ is the mean of phi over the pairs of jurors, of their errors where
there are labels, else of their votes. The rules at the edges:

- A pair's phi is taken over the cases on which both have a vote. A pair of which either never varies there has no phi and is left
  out of the mean: a juror who is always right (or always wrong) counts as one of K with the mean correlation of the others.
- A negative mean correlation counts as 0, so that n_eff lies between 1 and K.
- There is no figure where no pair has a phi, and no interval where fewer than half of the pairs have one.

The interval is found for 1 / n_eff, which lies between 0 and 1 and is linear in ρ, from the first-order influence of each case on ρ
(`jury.stats.scores`). A case weighs by its wrong votes (or its rarer ones) as it does in `jury.stats.coefficients`.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from jury.stats.estimates import UNDEFINED, Estimate, Floats
from jury.stats.scores import estimate_share

#: What effective votes are counted by.
ERRORS, VOTES = "errors", "votes"

#: So many events count as much as the spread of a proportion: correlations of rare errors lean to one side.
_ASSUMED_EVENTS = 4.0


def estimate_effective_votes(votes: Sequence[Sequence[bool | None]], clusters: Sequence[str]) -> Estimate:
    """The effective number of votes of some jurors, 1 to their number.

    `votes` has one sequence per juror with one entry per case: whether it was wrong (or, without labels, whether it voted for
    the positive choice), None where it has none. `clusters` names the cluster of every case.
    """
    jurors = len(votes)
    table = np.array([[np.nan if vote is None else float(vote) for vote in juror] for juror in votes], dtype=np.float64)
    if jurors < 2 or not len(clusters):
        return UNDEFINED
    pairs = [pair for one, other in combinations(table, 2) if (pair := _phi(one, other)) is not None]
    if not pairs:
        return UNDEFINED
    mean = float(np.mean([phi for phi, _ in pairs]))
    influence = np.mean([on_phi for _, on_phi in pairs], axis=0)
    inverse = min(1.0, max(1 / jurors, (1 + (jurors - 1) * mean) / jurors))
    value = 1 / inverse
    weights = _weights(table)
    if 2 * len(pairs) < jurors * (jurors - 1) / 2 or not (weights > 0).any():
        return Estimate(value)
    found = estimate_share(
        inverse, influence * (jurors - 1) / jurors, weights, clusters, assumed_events=_ASSUMED_EVENTS
    )
    return found.on_scale(lambda share: 1 / max(share, 1 / jurors), -(value**2))


def _phi(one: Floats, other: Floats) -> tuple[float, Floats] | None:
    """The correlation of two jurors and every case's influence on it; None where either does not vary."""
    both = ~(np.isnan(one) | np.isnan(other))
    n = int(both.sum())
    first, second = one[both], other[both]
    if n < 2 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    a, b = (first - first.mean()) / first.std(), (second - second.mean()) / second.std()
    phi = float((a * b).mean())
    influence = np.zeros(len(one))
    influence[both] = (a * b - phi / 2 * (a**2 + b**2)) / n
    return phi, influence


def _weights(table: Floats) -> Floats:
    """How much every case tells: the larger, the more of its votes are of the rarer kind."""
    told = ~np.isnan(table)
    ballots = told.sum(axis=0)
    true = np.nansum(table, axis=0)
    rare = true if 2 * true.sum() <= ballots.sum() else ballots - true
    share = np.divide(rare, ballots, out=np.zeros(len(rare)), where=ballots > 0)
    pairs = ballots * (ballots - 1)
    apart = np.divide(2 * rare * (ballots - rare), pairs, out=np.zeros(len(rare)), where=pairs > 0)
    weights: Floats = np.where(pairs > 0, share + apart / 2, 0.0)
    return weights
