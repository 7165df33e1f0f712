"""What each juror adds to a panel."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

J = TypeVar("J", bound=Hashable)


def marginal_values(jurors: Iterable[J], score: Callable[[frozenset[J]], float | None]) -> dict[J, float | None]:
    """The panel's score minus its score without the juror, for each: above 0 the juror helps, below it harms.

    `score` gives any figure of a set of jurors (F1, accuracy, alpha), None where it is not defined; it is asked once for
    the panel and once without each juror, never for nobody. None where either score is, and for a juror who sits alone.
    Two jurors who say the same are each worth little: leaving out one says nothing about leaving out both.
    """
    panel = frozenset(jurors)
    whole = score(panel) if panel else None
    return {juror: _difference(whole, _without(juror, panel, score)) for juror in panel}


def _without(juror: J, panel: frozenset[J], score: Callable[[frozenset[J]], float | None]) -> float | None:
    rest = panel - {juror}
    return score(rest) if rest else None


def _difference(whole: float | None, rest: float | None) -> float | None:
    return None if whole is None or rest is None else whole - rest
