"""Agreement among jurors, from its definitions: pair by pair."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product

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


def effective_votes(counted: Sequence[Mapping[str, bool]]) -> float | None:
    """K / (1 + (K - 1) r): r is the mean correlation, at least 0, of two of K jurors over the cases that both voted on.

    `counted` has for every juror what is correlated, by case. Two of whom one never varies there have no correlation.
    """
    found = [r for one, other in combinations(counted, 2) if (r := _correlation(one, other)) is not None]
    if not found:
        return None
    jurors = len(counted)
    return jurors / (1 + (jurors - 1) * max(0.0, sum(found) / len(found)))


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


def _correlation(one: Mapping[str, bool], other: Mapping[str, bool]) -> float | None:
    shared = [case for case in one if case in other]
    first, second = [one[case] for case in shared], [other[case] for case in shared]
    if len(set(first)) < 2 or len(set(second)) < 2:
        return None
    return float(np.corrcoef(np.array(first, float), np.array(second, float))[0, 1])
