"""Samples held against each other: paired where they judge the same requests, over clusters where they do not.

Samples are paired if they have at least half of the smaller one's cases in common: sets that share a few requests are two sets.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from benchmarks.compare.comparison import differences, estimate_side
from benchmarks.experiments.samples import Sample
from benchmarks.metrics import Judged, clustered
from benchmarks.metrics.measures import MEASURES
from jury.stats.differences import estimate_difference
from jury.stats.significance import ARRANGEMENTS, cluster_permutation, holm


@dataclass(frozen=True)
class Contrast:
    """One figure of two samples, second minus first.

    `n` are the pairs compared, or the cases of both samples where they are not paired; `first` and `second` are the means
    over these. `p_holm` is corrected for all contrasts of the experiment. `least_p` is the smallest p-value that the clusters
    could give, and `limit` says so in words where it is not below .05.
    """

    measure: str
    first: str
    second: str
    paired: bool
    means: tuple[float, float]
    difference: float
    interval: tuple[float, float] | None
    p: float | None
    p_holm: float | None
    test: str
    n: int
    left_out: int
    least_p: float | None = None
    limit: str = ""

    def document(self) -> dict[str, Any]:
        """The contrast as JSON can hold it."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


def contrasts_of(
    samples: Sequence[Sample], also: Sequence[tuple[str, str]] = (), *, resamples: int = ARRANGEMENTS, seed: int = 0
) -> tuple[Contrast, ...]:
    """Every sample against the first, and the pairs of names in `also`, all p-values corrected together (Holm)."""
    by_name = {sample.name: sample for sample in samples}
    pairs = [(samples[0], other) for other in samples[1:]]
    pairs += [(by_name[one], by_name[other]) for one, other in also if one in by_name and other in by_name]
    found = [contrast for one, other in pairs for contrast in _contrasts(one, other, resamples, seed)]
    corrected = holm([contrast.p for contrast in found])
    return tuple(replace(contrast, p_holm=p) for contrast, p in zip(found, corrected, strict=True))


def _contrasts(one: Sample, other: Sample, resamples: int, seed: int) -> Iterator[Contrast]:
    pairs = [] if one.folder == other.folder else _pairs(one, other)
    if pairs and 2 * len(pairs) >= min(len(one.judged), len(other.judged)):
        return _paired(one, other, pairs, resamples, seed)
    return _unpaired(one, other, resamples, seed)


def _pairs(one: Sample, other: Sample) -> list[tuple[Judged, Judged]]:
    """The cases of both that ask the same, each of the first with the clusters of those shared."""
    theirs = _by_key(other)
    shared = {
        case.verdict.case_id: theirs[key]
        for key, case in _by_key(one).items()
        if key in theirs and _ask_the_same(case, theirs[key])
    }
    ours = clustered(case for case in one.judged if case.verdict.case_id in shared)
    return [(case, shared[case.verdict.case_id]) for case in ours]


def _by_key(sample: Sample) -> Mapping[str, Judged]:
    """The cases by their ids without their variants, if that tells them apart, else by their ids."""
    plain = {_without_variant(case): case for case in sample.judged}
    if len(plain) == len(sample.judged):
        return plain
    return {case.verdict.case_id: case for case in sample.judged}


def _without_variant(case: Judged) -> str:
    variant = case.facts.variant
    return case.verdict.case_id.removesuffix(f"-{variant}") if variant else case.verdict.case_id


def _ask_the_same(one: Judged, other: Judged) -> bool:
    """Whether two cases say the same words; where they say none, whether they show the same."""
    ours, theirs = one.facts.ties, other.facts.ties
    return ours.request == theirs.request and bool(ours.request or ours.media == theirs.media)


def _paired(
    one: Sample, other: Sample, pairs: Sequence[tuple[Judged, Judged]], resamples: int, seed: int
) -> Iterator[Contrast]:
    for found in differences(pairs, one.rubric, resamples, seed):
        if found.first is None or found.second is None or found.difference is None:
            continue
        yield Contrast(
            measure=found.measure,
            first=one.name,
            second=other.name,
            paired=True,
            means=(found.first, found.second),
            difference=found.difference,
            interval=found.interval,
            p=found.p,
            p_holm=None,
            test=found.test,
            n=found.n,
            left_out=found.left_out,
            least_p=found.least_p,
            limit=found.limit,
        )


def _unpaired(one: Sample, other: Sample, resamples: int, seed: int) -> Iterator[Contrast]:
    for name in MEASURES:
        first, second = _values(one, name), _values(other, name)
        if not first or not second:
            continue
        sides = [
            estimate_side(values, MEASURES.get(name), side.rubric) for values, side in ((first, one), (second, other))
        ]
        difference = estimate_difference(*sides)
        tested = cluster_permutation(first, second, arrangements=resamples, seed=seed)
        total = len(first) + len(second)
        yield Contrast(
            measure=name,
            first=one.name,
            second=other.name,
            paired=False,
            means=(sides[0].value or 0.0, sides[1].value or 0.0),
            difference=difference.value or 0.0,
            interval=difference.interval,
            p=tested.p,
            p_holm=None,
            test=tested.method,
            n=total,
            left_out=len(one.judged) + len(other.judged) - total,
            least_p=tested.least,
            limit=tested.limit("cases" if tested.clusters == total else "clusters of cases"),
        )


def _values(sample: Sample, name: str) -> list[tuple[str, float]]:
    """Each case's cluster, told from those of other runs, and its value."""
    measure = MEASURES.get(name)
    found = ((case, measure.value_of(case, sample.rubric)) for case in sample.judged)
    return [(f"{sample.run}/{case.cluster}", value) for case, value in found if value is not None]
