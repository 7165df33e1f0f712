"""How far jurors agree before they hear each other, and how each of them did."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from markupsafe import Markup

from benchmarks.report.archive import Archive, Heard
from benchmarks.report.charts import Cell, grid
from benchmarks.report.section import SECTIONS, Section, Wishes
from benchmarks.report.texts import one_line
from jury.shown import first_ballots
from jury.stats.votes import ERRORS

#: So many jurors are compared pair by pair at the most.
JURORS = 24


@dataclass
class Pair:
    """How many cases two jurors both voted on, and on how many of them they voted alike."""

    both: int = 0
    alike: int = 0


@dataclass(frozen=True)
class JurorLine:
    """One juror's first ballots, and its figures against human labels where there are some.

    `contradictory` counts ratings on the other side of the threshold than their choice, None without a scale.
    """

    number: int
    name: str
    cast: int
    abstained: int
    invalid: int
    contradictory: int | None
    f1: float | None
    kappa: float | None


@dataclass(frozen=True)
class PairLine:
    """Two jurors by number and how often they voted alike; `share` from 0 to 1, None if they never both voted."""

    one: int
    other: int
    both: int
    share: float | None


@dataclass(frozen=True)
class Agreement:
    """One run: coefficients over first ballots, its jurors, and every pair of them."""

    label: str
    alpha: float | None
    ac1: float | None
    prevalence: float | None
    n_eff: float | None
    intervals: Mapping[str, tuple[float, float] | None]
    n_eff_of: str
    positive: str
    rated: bool
    gold: bool
    jurors: tuple[JurorLine, ...]
    pairs: tuple[PairLine, ...]
    unlisted: int
    chart: Markup | None


@SECTIONS.add("agreement")
class AgreementSection(Section):
    """Coefficients of agreement as the results state them, and a matrix of observed agreement between jurors."""

    title = "Agreement between jurors"
    place = 50

    def __init__(self, runs: Sequence[Archive], wishes: Wishes) -> None:
        super().__init__(runs, wishes)
        self._pairs: dict[str, dict[tuple[str, str], Pair]] = defaultdict(lambda: defaultdict(Pair))

    def hear(self, heard: Heard) -> None:
        """Compare the first sealed ballots of every two jurors."""
        rounds = heard.verdict.rounds
        ballots = first_ballots(rounds).ballots if rounds else ()
        votes = sorted((ballot.juror, ballot.choice) for ballot in ballots if ballot.choice is not None)
        pairs = self._pairs[heard.run.label]
        for (one, first), (other, second) in combinations(votes[:JURORS], 2):
            pair = pairs[one, other]
            pair.both += 1
            pair.alike += first == second

    def view(self) -> tuple[Agreement, ...]:
        """The agreement of every run."""
        return tuple(_agreement(run, self._pairs[run.label]) for run in self.runs)


def _agreement(run: Archive, pairs: Mapping[tuple[str, str], Pair]) -> Agreement:
    metrics, jurors = run.document["metrics"], run.document["jurors"]
    names = sorted(jurors)[:JURORS]
    lines = tuple(_pair_lines(names, pairs))
    return Agreement(
        label=run.label,
        alpha=metrics.get("alpha"),
        ac1=metrics.get("ac1"),
        prevalence=metrics.get("prevalence"),
        n_eff=metrics.get("n_eff"),
        intervals={name: _pair(metrics.get(f"{name}_ci")) for name in ("alpha", "ac1", "n_eff")},
        n_eff_of=metrics.get("n_eff_of", ERRORS),
        positive=run.jury.rubric.positive,
        rated=any("contradictory" in figures for figures in jurors.values()),
        gold=any("f1" in figures for figures in jurors.values()),
        jurors=tuple(_juror(number, name, jurors[name]) for number, name in enumerate(names, start=1)),
        pairs=lines,
        unlisted=len(jurors) - len(names),
        chart=_matrix(run.label, names, lines) if len(names) > 1 else None,
    )


def _pair(values: Sequence[float] | None) -> tuple[float, float] | None:
    return (values[0], values[1]) if values else None


def _juror(number: int, name: str, figures: dict[str, Any]) -> JurorLine:
    cast, abstained, invalid = (figures.get(state, 0) for state in ("cast", "abstained", "invalid"))
    torn = figures.get("contradictory")
    return JurorLine(number, name, cast, abstained, invalid, torn, figures.get("f1"), figures.get("kappa"))


def _pair_lines(names: Sequence[str], pairs: Mapping[tuple[str, str], Pair]) -> Iterator[PairLine]:
    for (one, first), (other, second) in combinations(enumerate(names, start=1), 2):
        pair = pairs.get((first, second), Pair())
        yield PairLine(one, other, pair.both, pair.alike / pair.both if pair.both else None)


def _matrix(label: str, names: Sequence[str], lines: Sequence[PairLine]) -> Markup:
    shares = {(line.one, line.other): line.share for line in lines}
    numbers = range(1, len(names) + 1)
    rows = [
        (f"{one} {one_line(name)}", [_cell(one, other, shares) for other in numbers])
        for one, name in enumerate(names, start=1)
    ]
    title = f"Share of cases in which two jurors of run {label} voted alike, in percent"
    return grid(title, [*map(str, numbers)], rows, "cool")


def _cell(one: int, other: int, shares: Mapping[tuple[int, int], float | None]) -> Cell:
    if one == other:
        return Cell("", None)
    share = shares[min(one, other), max(one, other)]
    return Cell("–" if share is None else f"{100 * share:.0f}", share)
