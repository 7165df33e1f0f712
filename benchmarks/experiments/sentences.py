"""What an experiment found, in words: a pure function of its numbers."""

from collections.abc import Mapping, Sequence

from benchmarks.experiments.contrasts import Contrast
from benchmarks.experiments.samples import Compared
from benchmarks.report.naming import interval as bracketed
from benchmarks.report.naming import number

#: What a p-value that is corrected for all comparisons must be below.
LEVEL = 0.05


def is_larger_than_chance(contrast: Contrast) -> bool:
    """Whether the interval leaves zero out, and the p-value outlives the correction for all comparisons.

    So the smallest possible p-value is below the level, too.
    """
    return leaves_zero_out(contrast) and contrast.p_holm is not None and contrast.p_holm < LEVEL


def leaves_zero_out(contrast: Contrast) -> bool:
    """Whether zero lies outside the interval of the difference; an interval that can't be had leaves nothing out."""
    return contrast.interval is not None and not contrast.interval[0] <= 0 <= contrast.interval[1]


def sentence(contrast: Contrast, said: Mapping[str, str], figure: Compared) -> str:
    """One comparison of a figure; `said` are the samples' names as they stand in a sentence."""
    first, second = said[contrast.first], said[contrast.second]
    start = f"With {second} instead of {first}, {figure.said} changes by {_points(contrast, figure)}"
    return f"{start}: {_judgement(contrast)} (n = {contrast.n:,} {_unit(contrast)})."


def headline(contrasts: Sequence[Contrast], said: Mapping[str, str], figure: Compared) -> str:
    """The one sentence of an experiment: its only comparison of a figure, or how many show an effect and the largest."""
    about = [contrast for contrast in contrasts if contrast.measure == figure.measure]
    if len(said) < 2:
        return f"Nothing can be compared: there is one sort of cases only, {next(iter(said.values()), 'none')}."
    if not about:
        return "Nothing can be compared: no case was decided in both of two arms."
    largest = max(about, key=lambda one: (is_larger_than_chance(one), abs(one.difference)))
    told = sentence(largest, said, figure)
    if len(about) == 1:
        return told
    found = sum(map(is_larger_than_chance, about))
    effects = "none shows" if not found else f"{found} show{'s' if found == 1 else ''}"
    return f"Of {len(about)} comparisons of {figure.said} {effects} an effect larger than chance; the largest: {told[0].lower()}{told[1:]}"


def _points(contrast: Contrast, figure: Compared) -> str:
    unit = "" if figure.unit == "share" else " points"
    change = f"{'+' if contrast.difference > 0 else ''}{number(contrast.difference, figure.digits)}{unit}"
    return f"{change} {bracketed(contrast.interval, figure.digits)}".rstrip()


def _judgement(contrast: Contrast) -> str:
    if contrast.interval is None:
        return "how surely can't be said of fewer than two independent cases"
    if contrast.limit:
        return f"no effect can be told from chance, since {contrast.limit}"
    if is_larger_than_chance(contrast):
        return f"an effect larger than chance, Holm {_p(contrast)}"
    if leaves_zero_out(contrast):
        return f"larger than its interval, but not after correction for all comparisons, Holm {_p(contrast)}"
    return "no effect larger than chance at this size"


def _p(contrast: Contrast) -> str:
    p = contrast.p_holm
    return "p unknown" if p is None else "p < 0.0001" if p < 0.0001 else f"p = {p:.4f}"


def _unit(contrast: Contrast) -> str:
    if contrast.paired:
        return "pair" if contrast.n == 1 else "pairs"
    return "case" if contrast.n == 1 else "cases, unpaired"
