"""The kappas of Cohen and Fleiss: agreement beyond what the jurors' habits give by chance.

Both fall where one class is rare, however well jurors agree; read AC1 and the prevalence beside them.
Where every ballot is for one and the same value a kappa would be 0/0 and is 1.0, as alpha is: nobody disagreed.
"""

from collections import Counter
from collections.abc import Sequence

from jury.reliability.tallies import Unit, cast_values, mean_shares, pairable, tallies_of


def fleiss_kappa(units: Sequence[Unit]) -> float | None:
    """Fleiss' kappa for any number of jurors, who need not be the same for each unit: 1 is perfect, 0 chance.

    Fleiss 1971, "Measuring nominal scale agreement among many raters". Where units have unequal numbers of ballots it is
    the generalisation of Gwet 2014, "Handbook of Inter-Rater Reliability", 4th edition, chapter 2: observed agreement is
    the mean over units with two or more ballots; chance is that of the mean shares over all units with a ballot.
    None if no unit has two ballots.
    """
    tallies = tallies_of(units, sorted(cast_values(units), key=str))
    rows, repeats = pairable(tallies)
    if not len(rows):
        return None
    ballots = rows.sum(axis=1)
    agreeing = (rows * (rows - 1)).sum(axis=1) / (ballots * (ballots - 1))
    observed = float(repeats @ agreeing) / int(repeats.sum())
    chance = float((mean_shares(tallies) ** 2).sum())
    return (observed - chance) / (1 - chance) if tallies.shape[1] > 1 else 1.0


def cohen_kappa(first: Unit, second: Unit) -> float | None:
    """Cohen's kappa of two jurors, over the cases both voted on: 1 is perfect, 0 chance.

    Cohen 1960, "A coefficient of agreement for nominal scales". None if there is no such case.
    Raises `ValueError` if the jurors' sequences, one ballot per case, differ in length.
    """
    both = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    if not both:
        return None
    habits, others = Counter(a for a, _ in both), Counter(b for _, b in both)
    # Times n², so that all are whole numbers and no order of adding shows.
    chance = sum(times * others[value] for value, times in habits.items())
    agreed, whole = len(both) * sum(a == b for a, b in both), len(both) ** 2
    return (agreed - chance) / (whole - chance) if whole > chance else 1.0
