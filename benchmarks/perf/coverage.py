"""How often an interval holds the true figure, how wide it is, and how often a test errs, over simulated runs.

What is printed today stands beside what was printed before: the percentile bootstrap over clusters, 0 where a figure is undefined,
and no interval for fewer than two clusters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from benchmarks.perf.simulated import FIGURES, Figure, Numbers, Sample, states
from jury.stats.estimates import Interval
from jury.stats.proportions import clopper_pearson
from jury.stats.significance import cluster_permutation, sign_flip

RATES = (0.01, 0.05, 0.2, 0.5)

#: Cases, clusters, and the correlation within clusters.
DESIGNS = (
    (20, 20, 0.0), (50, 50, 0.0), (200, 200, 0.0), (50, 10, 0.0), (100, 20, 0.0), (200, 40, 0.0),
    (50, 10, 0.3), (100, 20, 0.3), (200, 40, 0.3), (200, 10, 0.0), (200, 10, 0.3), (200, 20, 0.0), (200, 20, 0.3),
)  # fmt: skip

RESAMPLES = 400


@dataclass(frozen=True)
class Cell:
    """The intervals of one figure in one design at one rate.

    `coverage` is over the samples with an interval, `too_few` the share of samples without. `width` is the mean, `relative`
    that divided by the mean width of Clopper and Pearson's interval for as many cases as the design's are worth (for proportions).
    """

    figure: str
    cases: int
    clusters: int
    correlation: float
    rate: float
    coverage: float | None
    too_few: float
    width: float | None
    relative: float | None
    before: float | None
    width_before: float | None


def cells(
    figures: Sequence[str] = tuple(FIGURES),
    designs: Sequence[tuple[int, int, float]] = DESIGNS,
    rates: Sequence[float] = RATES,
    *,
    samples: int = 1000,
    before: int = 200,
    seed: int = 0,
) -> Iterator[Cell]:
    """Every figure in every design at every rate; `before` of the samples get the former interval too."""
    for name in figures:
        for design in designs:
            for rate in rates:
                yield cell(name, design, rate, samples=samples, before=before, seed=seed)


def cell(
    name: str, design: tuple[int, int, float], rate: float, *, samples: int, before: int = 0, seed: int = 0
) -> Cell:
    """One figure in one design at one rate. The draws depend on the seed alone, not on what else is simulated."""
    figure, (cases, clusters, correlation) = FIGURES[name], design
    chance = np.random.default_rng([seed, cases, clusters, round(100 * correlation), round(1000 * rate)])
    sizes = [cases // clusters + (place < cases % clusters) for place in range(clusters)]
    names = [f"{place:05d}" for place, size in enumerate(sizes) for _ in range(size)]
    drawn = [Sample(figure.draw(states(rate, correlation, sizes, chance), rate, chance), names) for _ in range(samples)]
    truth = figure.truth(rate)
    found = [figure.estimate(sample).interval for sample in drawn]
    former = [_percentile(figure, sample, seed) for sample in drawn[:before]] if figure.before else []
    return Cell(
        name, cases, clusters, correlation, rate,
        coverage=_coverage(found, truth),
        too_few=sum(one is None for one in found) / samples,
        width=_width(found),
        relative=_relative(figure, drawn, found, 1 + (cases / clusters - 1) * correlation),
        before=_coverage(former, truth),
        width_before=_width(former),
    )  # fmt: skip


def _coverage(intervals: Sequence[Interval | None], truth: float) -> float | None:
    told = [one for one in intervals if one is not None]
    return sum(low - 1e-9 <= truth <= high + 1e-9 for low, high in told) / len(told) if told else None


def _width(intervals: Sequence[Interval | None]) -> float | None:
    told = [high - low for low, high in filter(None, intervals)]
    return float(np.mean(told)) if told else None


def _relative(figure: Figure, drawn: Sequence[Sample], found: Sequence[Interval | None], effect: float) -> float | None:
    if figure.proportion is None:
        return None
    part, whole = figure.proportion
    ours, exact = 0.0, 0.0
    for sample, interval in zip(drawn, found, strict=True):
        if interval is not None:
            sums = sample.rows.sum(axis=0)
            low, high = clopper_pearson(float(sums[part] / sums[whole]), float(sums[whole]) / effect)
            ours, exact = ours + interval[1] - interval[0], exact + high - low
    return ours / exact if exact else None


def _percentile(figure: Figure, sample: Sample, seed: int) -> Interval | None:
    """The percentile bootstrap over clusters (Efron & Tibshirani 1993, chapter 13.3)."""
    if figure.before is None:
        return None
    _, codes = np.unique(sample.clusters, return_inverse=True)
    sums = np.stack([np.bincount(codes, column) for column in sample.rows.T], axis=1)
    if len(sums) < 2:
        return None
    drawn = np.random.default_rng(seed).multinomial(len(sums), np.full(len(sums), 1 / len(sums)), size=RESAMPLES)
    low, high = np.quantile(figure.before(drawn.astype(np.float64) @ sums), [0.025, 0.975])
    return float(low), float(high)


@dataclass(frozen=True)
class ErrorRate:
    """How often a test finds a difference at .05 where there is none, and how often the bootstrap before it did."""

    test: str
    values: str
    clusters: int
    errors: float
    before: float | None


#: Numbers of clusters that tests are tried with.
CLUSTERS = (3, 4, 5, 8, 12, 20, 40, 100)


def error_rates(
    clusters: Sequence[int] = CLUSTERS,
    *,
    samples: int = 1000,
    before: int = 300,
    arrangements: int = 999,
    seed: int = 0,
) -> Iterator[ErrorRate]:
    """The paired test and the unpaired one, over values that tie and values that don't, with clusters of one size and of several."""
    for count in clusters:
        for values in ("binary", "continuous"):
            yield _error_rate("paired", values, count, samples, before, arrangements, seed)
            for sizes in ("", ", clusters of 1 against clusters of 5"):
                yield _error_rate("unpaired" + sizes, values, count, samples, before, arrangements, seed)


def _error_rate(
    test: str, values: str, count: int, samples: int, before: int, arrangements: int, seed: int
) -> ErrorRate:
    chance = np.random.default_rng([seed, count, len(test), len(values)])
    errors, former = [], []
    for number in range(samples):
        first, second = _null(test, values, count, chance)
        if test == "paired":
            sums = [_sums(side)[:, 0] for side in (first, second)]
            p = sign_flip((sums[1] - sums[0]).tolist(), arrangements=arrangements, seed=seed).p
        else:
            p = cluster_permutation(_named(first, "a"), _named(second, "b"), arrangements=arrangements, seed=seed).p
        errors.append(p is not None and p <= 0.05)
        if number < before:
            former.append(_bootstrap_p(_sums(first), _sums(second), paired=test == "paired") <= 0.05)
    return ErrorRate(test, values, count, float(np.mean(errors)), float(np.mean(former)) if former else None)


def _null(test: str, values: str, count: int, chance: np.random.Generator) -> list[Numbers]:
    """Two sides without a difference: the values of their cases, shape (clusters, cases); `count` clusters in all."""
    counts = (count, count) if test == "paired" else (count // 2, count - count // 2)
    sizes = (1, 5) if "against" in test else (5, 5)
    sides = []
    for many, size in zip(counts, sizes, strict=True):
        if values == "binary":
            given = states(0.2, 0.3, [size] * many, chance).reshape(many, size)
        else:
            shared, own = chance.standard_normal((many, 1)), chance.standard_normal((many, size))
            given = np.sqrt(0.3) * shared + np.sqrt(0.7) * own
        sides.append(given)
    return sides


def _sums(side: Numbers) -> Numbers:
    """Every cluster's sum and number of cases."""
    return np.stack([side.sum(axis=1), np.full(len(side), float(side.shape[1]))], axis=1)


def _named(side: Numbers, prefix: str) -> list[tuple[str, float]]:
    return [(f"{prefix}{place}", float(value)) for place, row in enumerate(side) for value in row]


def _bootstrap_p(first: Numbers, second: Numbers, *, paired: bool) -> float:
    """Twice the share of resampled differences on the rarer side of zero."""
    generator = np.random.default_rng(0)
    draws = [
        generator.multinomial(len(side), np.full(len(side), 1 / len(side)), size=RESAMPLES) for side in (first, second)
    ]
    if paired:
        draws[1] = draws[0]
    means = [(drawn @ side)[:, 0] / (drawn @ side)[:, 1] for drawn, side in zip(draws, (first, second), strict=True)]
    difference = means[1] - means[0]
    rarer = min(int((difference <= 0).sum()), int((difference >= 0).sum()))
    return min(1.0, 2 * (rarer + 1) / (RESAMPLES + 1))


def documents(found: Sequence[Cell | ErrorRate]) -> list[dict[str, Any]]:
    """What was found, as JSON can hold it."""
    return [asdict(one) for one in found]


def coverage_table(found: Sequence[Cell]) -> str:
    """The cells as a table of Markdown: one row for a figure in a design, and in it every rate's coverage before and now,
    the width relative to Clopper and Pearson's, and how often there are too few.
    """
    rates = sorted({one.rate for one in found})
    heads = ["figure", "cases", "clusters", "ICC", *(f"rate {_short(rate)}" for rate in rates)]
    rows: dict[tuple[Any, ...], dict[float, Cell]] = {}
    for one in found:
        rows.setdefault((one.figure, one.cases, one.clusters, one.correlation), {})[one.rate] = one
    lines = [heads, ["---"] * len(heads)]
    for (figure, cases, clusters, correlation), by_rate in rows.items():
        told = [figure, f"{cases}", f"{clusters}", _short(correlation)]
        lines.append([*told, *(_told(by_rate[rate]) for rate in rates if rate in by_rate)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def error_table(found: Sequence[ErrorRate]) -> str:
    """The error rates as a table of Markdown."""
    heads = ["test", "values", "clusters", "before", "now"]
    rows = [[one.test, one.values, f"{one.clusters}", _short(one.before), _short(one.errors)] for one in found]
    return "\n".join(f"| {' | '.join(line)} |" for line in [heads, ["---"] * len(heads), *rows])


def _told(one: Cell) -> str:
    words = [f"{_short(one.before)} → {_short(one.coverage)}"]
    if one.relative is not None:
        words.append(f"× {one.relative:.2f}")
    if one.too_few:
        words.append(f"too few {_short(one.too_few)}")
    return ", ".join(words)


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".rstrip("0").removeprefix("0").removesuffix(".") or "0"
