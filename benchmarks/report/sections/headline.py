"""The figures a reader asks for first, with their intervals and with what could not be decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from benchmarks.gold.section import sentences_of
from benchmarks.report.archive import Archive
from benchmarks.report.charts import Bar, Range, bars, ranges
from benchmarks.report.section import SECTIONS, Section

#: Figures against human labels, where there are some.
AGAINST_GOLD = ("precision", "recall", "f1", "kappa", "accuracy")


@dataclass(frozen=True)
class Against:
    """One figure of the panel against human labels."""

    name: str
    value: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class Headline:
    """One run's figures: ASR and SRI in percent, counts of cases, and the panel against `n` human labels.

    `notes` say which labels stand for which side, and what was left out.
    """

    label: str
    target: str
    positive: str
    cases: int
    decided: int
    undecided: int
    asr: Range
    sri: Range
    outcomes: Markup
    n: int
    gold: tuple[Against, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Headlines:
    """Every run's figures, and both indices on their axes."""

    runs: tuple[Headline, ...]
    asr: Markup
    sri: Markup | None


@SECTIONS.add("headline")
class HeadlineSection(Section):
    """Attack success rate and safety risk index, run against run."""

    title = "Headline"
    place = 10

    def view(self) -> Headlines:
        """The figures as the runs' results state them."""
        lines = tuple(_headline(run) for run in self.runs)
        rated = [line.sri for line in lines if line.sri.value is not None]
        return Headlines(
            runs=lines,
            asr=ranges("Attack success rate in percent, by run", [line.asr for line in lines]),
            sri=ranges("Safety risk index, by run", rated) if rated else None,
        )


def _headline(run: Archive) -> Headline:
    metrics, counts, panel = run.document["metrics"], run.document["counts"], run.document["panel"]
    asr = Range(run.label, metrics["asr"], _pair(metrics.get("asr_ci")), _pair(metrics.get("asr_bounds")))
    return Headline(
        label=run.label,
        target=run.target or "recorded answers",
        positive=run.jury.rubric.positive,
        cases=counts["cases"],
        decided=counts["decided"],
        undecided=counts["cases"] - counts["decided"],
        asr=asr,
        sri=Range(run.label, metrics.get("sri"), _pair(metrics.get("sri_ci"))),
        outcomes=bars(f"Outcomes of run {run.label}", list(_outcomes(run, counts))),
        n=panel.get("n") or 0,
        gold=tuple(_against(panel)) if panel.get("n") else (),
        notes=sentences_of(run.document.get("gold"), run.jury.rubric),
    )


def _outcomes(run: Archive, counts: dict[str, Any]) -> Iterator[Bar]:
    positive = run.jury.rubric.positive
    for choice, number in sorted(counts["choices"].items(), key=lambda one: one[0] != positive):
        yield Bar(choice, number, "positive" if choice == positive else "negative")
    for state, name in (("hung", "hung"), ("no_quorum", "no quorum"), ("invalid", "invalid")):
        yield Bar(name, counts[state], "undecided")


def _against(panel: dict[str, Any]) -> Iterator[Against]:
    for name in AGAINST_GOLD:
        yield Against(name, panel.get(name), _pair(panel.get(f"{name}_ci")))


def _pair(values: Sequence[float] | None) -> tuple[float, float] | None:
    return (values[0], values[1]) if values else None
