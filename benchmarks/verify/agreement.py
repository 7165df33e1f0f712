"""Agreement among jurors, from its definitions: pair by pair and eigenvalue by eigenvalue."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

import numpy as np

#: The choices cast on a case, by juror.
Votes = Mapping[str, str]


def alpha(cases: Sequence[Votes]) -> float | None:
    """Krippendorff's nominal alpha from his table of coincidences; 1 where nobody ever differs, None without pairs."""
    coincidences: dict[tuple[str, str], Fraction] = {}
    for votes in cases:
        if len(votes) < 2:
            continue
        tally = Counter(votes.values())
        for one, other in product(tally, repeat=2):
            pairs = tally[one] * (tally[other] - (one == other))
            coincidences[one, other] = coincidences.get((one, other), Fraction()) + Fraction(pairs, len(votes) - 1)
    return _alpha(coincidences) if coincidences else None


def ac1(cases: Sequence[Votes], choices: Sequence[str]) -> float | None:
    """Gwet's AC1 over all choices of the rubric; None without pairs."""
    tallies = [Counter(votes.values()) for votes in cases if votes]
    paired = [tally for tally in tallies if tally.total() > 1]
    if not paired:
        return None
    agreed = sum((_agreeing(tally) for tally in paired), Fraction()) / len(paired)
    usual = [
        sum((Fraction(tally[choice], tally.total()) for tally in tallies), Fraction()) / len(tallies)
        for choice in choices
    ]
    chance = sum((share * (1 - share) for share in usual), Fraction()) / (len(choices) - 1)
    return float((agreed - chance) / (1 - chance))


def prevalence(cases: Sequence[Votes], *positives: str) -> float | None:
    """The share of positive votes among all that were cast."""
    tally = Counter(choice for votes in cases for choice in votes.values())
    return sum(tally[choice] for choice in set(positives)) / tally.total() if tally else None


def effective_votes(wrong: Mapping[str, Mapping[str, bool]]) -> float | None:
    """(Σλ)² / Σλ² over the eigenvalues of the correlations between jurors' errors (juror → case → wrong).

    Jurors who are always right or always wrong have no correlation and are left out.
    """
    varying = [errors for errors in wrong.values() if len(set(errors.values())) == 2]
    if not varying:
        return None
    eigenvalues = np.linalg.eigvalsh([[_correlation(one, other) for other in varying] for one in varying])
    return float(eigenvalues.sum() ** 2 / (eigenvalues**2).sum())


def _alpha(coincidences: Mapping[tuple[str, str], Fraction]) -> float:
    margins: dict[str, Fraction] = {}
    for (value, _), times in coincidences.items():
        margins[value] = margins.get(value, Fraction()) + times
    n = sum(margins.values(), Fraction())
    expected = (n * n - sum((margin**2 for margin in margins.values()), Fraction())) / (n - 1)
    if not expected:
        return 1.0
    observed = sum((times for (a, b), times in coincidences.items() if a != b), Fraction())
    return float(1 - observed / expected)


def _agreeing(tally: Counter[str]) -> Fraction:
    """The share of a case's pairs of votes that agree."""
    return Fraction(sum(votes * (votes - 1) for votes in tally.values()), tally.total() * (tally.total() - 1))


def _correlation(one: Mapping[str, bool], other: Mapping[str, bool]) -> float:
    if one is other:
        return 1.0
    shared = [case for case in one if case in other]
    first, second = [one[case] for case in shared], [other[case] for case in shared]
    if len(set(first)) < 2 or len(set(second)) < 2:
        return 0.0
    return float(np.corrcoef(np.array(first, float), np.array(second, float))[0, 1])
