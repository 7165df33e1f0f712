"""Runs over the same cases, two by two: the paired difference of every figure, its interval, and its p-value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from typing import Any

from benchmarks.exhibit_counts import exhibit_notes
from benchmarks.metrics import Judged, clustered
from benchmarks.metrics.headlines import FIGURES
from benchmarks.metrics.measures import MEASURES, Measure, digits_of, titled
from benchmarks.metrics.rubric_kind import Direction
from benchmarks.results import Results
from jury.errors import InputError
from jury.records import Rubric
from jury.stats.differences import estimate_difference
from jury.stats.estimates import Estimate
from jury.stats.means import estimate_mean
from jury.stats.significance import ARRANGEMENTS, Significance, holm, sign_flip

#: What McNemar's test is called: the sign-flip test of values of which there are two, over cases without ties.
MCNEMAR = "McNemar"


@dataclass(frozen=True)
class Whole:
    """A figure over all cases of a run, as the run's results state it: `decided` of the `counted` cases have a value."""

    value: float | None
    decided: int
    counted: int


@dataclass(frozen=True)
class Difference:
    """One figure of two runs: the mean of each over the cases both have a value on, and second minus first.

    `label` names it in words, `better` says which of its ends is better (None: nothing says it). Values in the unit `percent`,
    and those of an `index`, lie between 0 and 100, a `share` between 0 and 1.

    `interval` is the 95 % interval of the paired difference over clusters of cases. `p` is that of the sign-flip test over clusters,
    which is McNemar's (`test`) where a case has two values and no cases are tied to each other; `p_holm` is corrected over all
    differences compared at once. `least_p` is the smallest that these clusters could give, and `limit` says so in words where it
    is not below .05. `n` cases were compared, `left_out` have no value in one run (undecided, unrated).

    `whole_first` and `whole_second` are the figure over all cases of each run, which differ from `first` and `second` where the
    runs share some cases only, or cases without a value were left out.
    """

    measure: str
    first: float | None
    second: float | None
    difference: float | None
    interval: tuple[float, float] | None
    only_first: int | None
    only_second: int | None
    p: float | None
    test: str
    p_holm: float | None
    n: int
    left_out: int
    label: str = ""
    better: Direction | None = None
    unit: str = "share"
    clusters: int = 0
    least_p: float | None = None
    limit: str = ""
    whole_first: Whole | None = None
    whole_second: Whole | None = None

    @property
    def compares_parts(self) -> bool:
        """Whether one of the runs has the figure on other cases than those compared, too."""
        return any(one is not None and one.decided != self.n for one in (self.whole_first, self.whole_second))

    @property
    def digits(self) -> int:
        """Decimal places that are shown."""
        return digits_of(self.unit)

    @property
    def title(self) -> str:
        """The label with the unit, and the end that is better."""
        return titled(self.label or self.measure, self.unit, self.better)


@dataclass(frozen=True)
class Comparison:
    """Two runs compared: their names, the cases they share, those that only one of them has, and every difference.

    `same_jury` is False where different juries judged: then a difference may be the juries' as well as the targets'.
    `headed_by_means` is True where means of categories or dimensions head the runs: here every case counts alike.
    `exhibits` says which images and clips were not shown to whom in either run.
    """

    first: str
    second: str
    shared: int
    only_first: int
    only_second: int
    same_jury: bool
    rehearsal: bool
    differences: tuple[Difference, ...]
    headed_by_means: bool = False
    exhibits: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """The comparison as JSON can hold it."""
        return asdict(self)


@dataclass(frozen=True)
class _Side:
    """One run's cases by id, and what all of them were judged by."""

    name: str
    results: Results
    cases: Mapping[str, Judged]

    @classmethod
    def of(cls, results: Results) -> "_Side":
        return cls(str(results.folder), results, {one.verdict.case_id: one for one in results.judged()})

    def whole(self, measure: str) -> Whole:
        """A figure over all cases of the run."""
        made_of, cases, rubric = MEASURES.get(measure), list(self.cases.values()), self.results.rubric
        mean = made_of.mean(cases, rubric)
        return Whole(mean.value, len(mean.values), sum(made_of.counts(case, rubric) for case in cases))


def compare(runs: Sequence[Results], *, resamples: int = ARRANGEMENTS, seed: int = 0) -> tuple[Comparison, ...]:
    """Every two of some finished runs compared, all p-values corrected together (Holm).

    Beyond 20 clusters that differ, `resamples` signs are drawn by `seed`; up to 20 the test is exact.

    Raises `InputError` for fewer than two runs, for runs under rubrics of different choices, and for two without a case
    in common: a case is the same if its id is, and what it asks and shows, whatever was answered.
    """
    if len(runs) < 2:
        raise InputError("name at least two runs to compare")
    _check_rubrics(runs)
    sides = [_Side.of(results) for results in runs]
    return tuple(_corrected([_compared(one, other, resamples, seed) for one, other in combinations(sides, 2)]))


def _check_rubrics(runs: Sequence[Results]) -> None:
    first = runs[0].rubric
    for other in runs[1:]:
        if (other.rubric.choices, other.rubric.positives) != (first.choices, first.positives):
            raise InputError(
                f"{runs[0].folder} was judged by rubric {first.name!r} and {other.folder} by {other.rubric.name!r}, whose "
                "choices differ; compare runs under one rubric"
            )


def _compared(one: _Side, other: _Side, resamples: int, seed: int) -> Comparison:
    shared = [case_id for case_id, judged in one.cases.items() if _same(judged, other.cases.get(case_id))]
    if not shared:
        raise InputError(f"{one.name} and {other.name} have no case in common; compare runs of one source")
    ours = clustered(one.cases[case_id] for case_id in shared)
    pairs = [(judged, other.cases[judged.verdict.case_id]) for judged in ours]
    return Comparison(
        first=one.name,
        second=other.name,
        shared=len(shared),
        only_first=len(one.cases) - len(shared),
        only_second=len(other.cases) - len(shared),
        same_jury=one.results.manifest.get("jury_hash") == other.results.manifest.get("jury_hash"),
        rehearsal=any(side.results.document["rehearsal"] for side in (one, other)),
        differences=tuple(
            replace(found, whole_first=one.whole(found.measure), whole_second=other.whole(found.measure))
            for found in differences(pairs, one.results.rubric, resamples, seed)
        ),
        headed_by_means=any(FIGURES[head.name].mean for side in (one, other) for head in side.results.headlines),
        exhibits=tuple(
            f"{side.name}: {note}" for side in (one, other) for note in exhibit_notes(side.results.document)
        ),
    )


def _same(one: Judged, other: Judged | None) -> bool:
    return other is not None and one.facts.ties == other.facts.ties


def differences(
    pairs: Sequence[tuple[Judged, Judged]], rubric: Rubric, resamples: int = ARRANGEMENTS, seed: int = 0
) -> Iterator[Difference]:
    """The paired difference by every measure that has values, second minus first, over the clusters of the first."""
    for name in MEASURES:
        measure = MEASURES.get(name)
        found = [(one.cluster, measure.value_of(one, rubric), measure.value_of(other, rubric)) for one, other in pairs]
        values = [(cluster, a, b) for cluster, a, b in found if a is not None and b is not None]
        if values:
            counted = sum(measure.counts(one, rubric) or measure.counts(other, rubric) for one, other in pairs)
            told = _difference(name, measure, values, rubric, resamples, seed)
            label, better = measure.label_under(rubric), measure.direction(rubric)
            yield replace(told, label=label, better=better, unit=measure.unit, left_out=counted - len(values))


def _difference(
    name: str,
    measure: Measure,
    values: Sequence[tuple[str, float, float]],
    rubric: Rubric,
    resamples: int,
    seed: int,
) -> Difference:
    first = estimate_side([(cluster, a) for cluster, a, _ in values], measure, rubric)
    second = estimate_side([(cluster, b) for cluster, _, b in values], measure, rubric)
    difference = estimate_difference(first, second)
    tested = _tested(values, resamples, seed)
    only = (sum(a > b for _, a, b in values), sum(b > a for _, a, b in values))
    alone = tested.clusters == len(values)
    return Difference(
        measure=name,
        first=first.value,
        second=second.value,
        difference=difference.value,
        interval=difference.interval,
        only_first=only[0] if measure.binary else None,
        only_second=only[1] if measure.binary else None,
        p=tested.p,
        test=MCNEMAR if measure.binary and alone else tested.method,
        p_holm=None,
        n=len(values),
        left_out=0,
        clusters=tested.clusters,
        least_p=tested.least,
        limit=tested.limit("pairs" if alone else "clusters of pairs"),
    )


def estimate_side(values: Sequence[tuple[str, float]], measure: Measure, rubric: Rubric) -> Estimate:
    """The mean of one side's values, each with its cluster, and what it adds to the error of a difference."""
    low, high = measure.range_under(rubric)
    given = [value for _, value in values]
    clusters = [cluster for cluster, _ in values]
    return estimate_mean(given, clusters, low=min([low, *given]), high=max([high, *given]))


def _tested(values: Sequence[tuple[str, float, float]], resamples: int, seed: int) -> Significance:
    """The sign-flip test of the differences, added up within each cluster; with fewer than two clusters there is none."""
    sums: dict[str, float] = {}
    for cluster, a, b in values:
        sums[cluster] = sums.get(cluster, 0.0) + b - a
    found = sign_flip(list(sums.values()), arrangements=resamples, seed=seed)
    return found if len(sums) > 1 else replace(found, p=None, least=None)


def _corrected(comparisons: Sequence[Comparison]) -> Iterator[Comparison]:
    """The comparisons with every p-value corrected for all of them."""
    corrected = iter(holm([one.p for comparison in comparisons for one in comparison.differences]))
    for comparison in comparisons:
        told = tuple(replace(one, p_holm=next(corrected)) for one in comparison.differences)
        yield replace(comparison, differences=told)
