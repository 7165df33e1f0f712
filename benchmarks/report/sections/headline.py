"""The figures a reader asks for first, with their intervals and with what could not be decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from benchmarks.exhibit_counts import MARK, MARKED, asked_without
from benchmarks.gold.section import rate_sentences, sentences_of
from benchmarks.metrics.blocked import figures_without
from benchmarks.metrics.headlines import Headline
from benchmarks.metrics.ranking import group_by_suite, order_runs, ranking_in, title_of
from benchmarks.report.archive import Archive
from benchmarks.report.charts import Bar, Range, bars, ranges
from benchmarks.report.section import SECTIONS, Section
from benchmarks.report.trials import kind_of
from benchmarks.results import count_notes

#: Figures against human labels, where there are some.
AGAINST_GOLD = ("precision", "recall", "f1", "kappa", "accuracy")


@dataclass(frozen=True)
class Against:
    """One figure of the panel against human labels."""

    name: str
    value: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class HeadedRun:
    """One run: the figures that head it, counts of cases, and the panel against `n` human labels.

    `suite` is the suite that the cases belong to, or else their source. `notes` say which labels stand for which side, and
    what was left out; `blocked`, what a content filter kept from judgement. `exhibits` say what was not counted, and
    what not shown to whom. `mark` stands beside the figures of a run whose target was asked about cases without their exhibits.
    """

    label: str
    target: str
    suite: str
    rubric: str
    cases: int
    decided: int
    undecided: int
    headlines: tuple[Headline, ...]
    outcomes: Markup
    n: int
    gold: tuple[Against, ...]
    notes: tuple[str, ...]
    blocked: tuple[str, ...]
    exhibits: tuple[str, ...] = ()
    mark: str = ""

    def headline(self, name: str) -> Headline | None:
        """One of its headlines, None where it does not have it."""
        return next((one for one in self.headlines if one.name == name), None)


@dataclass(frozen=True)
class Chart:
    """A headline of all runs of a suite on its axis."""

    title: str
    drawing: Markup


@dataclass(frozen=True)
class Suite:
    """The runs over one suite under one rubric, the better ones first; `order` says by what, `columns` are their headlines."""

    title: str
    order: str
    columns: tuple[Headline, ...]
    runs: tuple[HeadedRun, ...]
    charts: tuple[Chart, ...]
    marked: str = ""


@SECTIONS.add("headline")
class HeadlineSection(Section):
    """The figures that head each suite, run against run; runs of different suites have no joint order."""

    title = "Headline"
    place = 10

    def view(self) -> tuple[Suite, ...]:
        """The figures as the runs' results state them, suite by suite."""
        return tuple(map(_suite, group_by_suite(map(_headed, self.runs))))


def _suite(group: Sequence[HeadedRun]) -> Suite:
    by, runs = ranking_in(group), order_runs(group)
    columns = tuple({one.name: one for run in group for one in run.headlines}.values())
    return Suite(
        title=title_of(group),
        order=f"Best first, by {by.title}." if by and by.direction and len(group) > 1 else "",
        columns=columns,
        runs=tuple(runs),
        charts=tuple(_chart(one, runs) for one in columns),
        marked=MARKED if any(run.mark for run in runs) else "",
    )


def _chart(head: Headline, runs: Sequence[HeadedRun]) -> Chart:
    found = ((run.label, run.headline(head.name)) for run in runs)
    rows = [Range(label, one.value, one.interval, one.bounds, one.digits) for label, one in found if one is not None]
    return Chart(head.title, ranges(f"{head.title}, by run", rows, head.measure.axis))


def _headed(run: Archive) -> HeadedRun:
    counts, panel = run.document["counts"], run.document["panel"]
    return HeadedRun(
        label=run.label,
        target=run.target or "recorded answers",
        suite=run.suite or str(run.document["source"]),
        rubric=run.jury.rubric.name,
        cases=counts["cases"],
        decided=counts["decided"],
        undecided=counts["cases"] - counts["decided"],
        headlines=run.headlines,
        outcomes=bars(f"Outcomes of run {run.label}", list(_outcomes(run, counts))),
        n=panel.get("n") or 0,
        gold=tuple(_against(panel)) if panel.get("n") else (),
        notes=(*rate_sentences(panel, run.jury.rubric), *sentences_of(run.document.get("gold"), run.jury.rubric)),
        blocked=tuple(_blocked(run.document, run.jury.rubric.positive)),
        exhibits=count_notes(run.document),
        mark=MARK if asked_without(run.document) else "",
    )


def _outcomes(run: Archive, counts: dict[str, Any]) -> Iterator[Bar]:
    rubric = run.jury.rubric
    for choice, number in sorted(counts["choices"].items(), key=lambda one: one[0] not in rubric.positives):
        yield Bar(choice, number, kind_of(choice, rubric))
    for state, name in (("hung", "hung"), ("no_quorum", "no quorum"), ("invalid", "invalid")):
        yield Bar(name, counts[state], "undecided")


def _blocked(document: dict[str, Any], positive: str) -> Iterator[str]:
    """What a provider's content filter blocked, with the figures without it, and how many judged answers are not whole."""
    metrics = document["metrics"]
    if blocked := document.get("blocked"):
        counted = ", ".join(f"{number:,} {policy}" for policy, number in blocked["counted_as"].items())
        without = ", ".join(f"{one.heading} {one.value:.1f}" for one in figures_without(metrics, positive))
        yield (
            f"A content filter blocked {blocked['cases']:,} cases ({blocked['stages']['prompt']:,} by their prompt; counted as: "
            f"{counted}). Without them: {without or 'no figure'}."
        )
    ended = {name: document["counts"].get(name, 0) for name in ("cut_off", "filtered")}
    if any(ended.values()):
        yield (
            f"{ended['cut_off']:,} judged answers are cut off at their token limit, {ended['filtered']:,} by a content filter; "
            "jurors were told so."
        )


def _against(panel: dict[str, Any]) -> Iterator[Against]:
    for name in AGAINST_GOLD:
        yield Against(name, panel.get(name), _pair(panel.get(f"{name}_ci")))


def _pair(values: Sequence[float] | None) -> tuple[float, float] | None:
    return (values[0], values[1]) if values else None
