"""Agreement class by class: jurors may agree on what is safe and hardly on what is not."""

from collections.abc import Sequence

from jury.reliability.tallies import Unit, Value, cast_values, pairable, tallies_of


def specific_agreement(units: Sequence[Unit], categories: Sequence[Value] = ()) -> dict[Value, float | None]:
    """The proportion of specific agreement of each choice, 0 to 1: given one juror's ballot for it, how likely is it that
    another juror on the same unit chose it too.

    Spitzer & Fleiss 1974; Uebersax 1982 for several jurors and unequal numbers of ballots:
    Σ n(n − 1) / Σ n(N − 1) over units, n ballots of a unit's N being for the choice. Units with fewer than two ballots say
    nothing. `categories` are choices to name even if nobody made them. None where no unit with two ballots has the choice.
    """
    values = sorted(cast_values(units) | set(categories), key=lambda value: (isinstance(value, str), value))
    rows, repeats = pairable(tallies_of(units, values))
    others = rows.sum(axis=1, keepdims=True) - 1
    agreed, chosen = repeats @ (rows * (rows - 1)), repeats @ (rows * others)
    return {
        value: int(both) / int(either) if either else None
        for value, both, either in zip(values, agreed, chosen, strict=True)
    }
