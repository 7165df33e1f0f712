"""A row of a leaderboard: a finished run, or what was published of a model."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.exhibit_counts import asked_without
from benchmarks.leaderboard.columns import Column, category_columns, whole_columns
from benchmarks.metrics.headlines import FIGURES, Headline
from benchmarks.metrics.rubric_kind import Kind, kind_of
from benchmarks.metrics.states import STATES
from benchmarks.results import Results, count_notes


@dataclass(frozen=True)
class Figure:
    """A figure with its 95 % interval, where it has one."""

    value: float
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Row:
    """One model's figures by the key of their column; `published` figures are others' and have no jury here.

    `counts` has the cases and how many are in each state; `labels` say what a reader must know. `suite` is the suite that the
    cases belong to, or else their source; `headlines` are the figures that rank it, the first that has a value; `kind` is what
    its rubric measures. `exhibits` say which images
    and clips were not shown to whom; figures are `marked` where the target was asked about cases without them.
    """

    name: str
    figures: Mapping[str, Figure]
    published: str = ""
    source: str = ""
    jury: str = ""
    rubric: str = ""
    jury_hash: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    suite: str = ""
    headlines: tuple[Headline, ...] = ()
    kind: Kind = "harm"
    exhibits: tuple[str, ...] = ()
    marked: bool = False

    @property
    def undecided(self) -> str:
        """How many cases are hung, lack a quorum, or are invalid, of how many; empty for published figures."""
        if not self.counts:
            return ""
        states = " / ".join(str(self.counts[state]) for state in STATES if state != "decided")
        return f"{states} of {self.counts['cases']}"

    @property
    def measures(self) -> tuple[str, ...]:
        """What its headlines are made of, case by case."""
        return tuple(dict.fromkeys(FIGURES[one.name].measure for one in self.headlines))


def row_of(results: Results, *, thirds: bool = False) -> Row:
    """The row of a finished run; `thirds` as in `whole_columns`."""
    document = results.document
    measures = dict.fromkeys(FIGURES[one.name].measure for one in results.headlines)
    shown = (*whole_columns(thirds=thirds), *category_columns(document.get("by_category") or (), measures))
    found = {column.key: _figure(document, column) for column in shown}
    return Row(
        name=document["target"] or f"recorded answers of {document['source']}",
        figures={key: figure for key, figure in found.items() if figure is not None},
        source=document["source"],
        jury=f"{document['jury']} · {document['rule']}",
        rubric=document["rubric"],
        jury_hash=results.manifest["jury_hash"],
        counts={name: document["counts"][name] for name in ("cases", *STATES)},
        labels=tuple(_labels(document)),
        suite=results.suite or document["source"],
        headlines=results.headlines,
        kind=kind_of(results.rubric),
        exhibits=count_notes(document),
        marked=asked_without(document) > 0,
    )


def _labels(document: Mapping[str, Any]) -> list[str]:
    told = {
        "REHEARSAL": document["rehearsal"],
        "incomplete": not document["complete"],
        "same family": bool(document["same_family"]),
        "asked without exhibits": asked_without(document) > 0,
    }
    return [*(label for label, holds in told.items() if holds), *_blocks(document)]


def _blocks(document: Mapping[str, Any]) -> Iterator[str]:
    """How many cases a content filter blocked, and how they count; how many answers are judged that are not whole."""
    blocked = document.get("blocked")
    if blocked:
        yield f"{blocked['cases']:,} blocked ({', '.join(blocked['counted_as'])})"
    for ended in ("cut_off", "filtered"):
        if number := document["counts"].get(ended):
            yield f"{number:,} answers {ended.replace('_', ' ')}"


def _figure(document: Mapping[str, Any], column: Column) -> Figure | None:
    section: Any = document
    *way, name = column.path
    for step in way:
        section = (section or {}).get(step)
    value = (section or {}).get(name)
    if value is None:
        return None
    interval = section.get(f"{name}_ci")
    return Figure(value, tuple(interval) if interval else None)
