"""What a source of cases amounts to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.sources.bad_rows import BadRow, RowReport
from benchmarks.sources.labels import label_counts, recorded_suite, suggested_rubric
from jury.providers.registry import is_rehearsal
from jury.records import Case


@dataclass(frozen=True)
class Loaded:
    """Cases, and what is known of them as a set.

    `counts` says how often each final label was given, as it is written: in a folder's `gold.csv`, else by the cases.
    `ballots` is the folder's file of recorded ballots. `rubric` names the rubric that the data are judged by, None where
    nothing tells; `rubric_reason` says in words what tells it.
    `rehearsal` is true where scripted models gave all the answers or the suite exists for rehearsals only.
    `suite` names the suite that the cases belong to, `headlines` the figures that head results under `rubric`, as the suite
    declares them (`benchmarks.metrics.headlines`; empty: those of the rubric).
    `problems` are sentences on missing files and unreadable rows that were passed over; `rows` counts the latter.
    """

    name: str
    cases: tuple[Case, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    ballots: Path | None = None
    rubric: str | None = None
    rehearsal: bool = False
    problems: tuple[str, ...] = ()
    suite: str | None = None
    headlines: tuple[str, ...] = ()
    rows: RowReport = field(default_factory=RowReport)
    rubric_reason: str = ""

    @classmethod
    def of(
        cls,
        name: str,
        cases: tuple[Case, ...],
        *,
        counts: Mapping[str, int] | None = None,
        ballots: Path | None = None,
        bad: Sequence[BadRow] = (),
    ) -> "Loaded":
        """Cases read from files: labels, rubric and rehearsal follow from what they hold. `bad` are rows that make no case."""
        counts = label_counts(cases) if counts is None else counts
        targets = {case.target for case in cases if case.problem is None}
        rehearsed = bool(targets) and all(is_rehearsal(target) for target in targets)
        told, rows = tuple(row.told for row in bad), RowReport.of(cases=bad)
        rubric = suggested_rubric(counts)
        return cls(
            name,
            cases,
            counts,
            ballots,
            rubric,
            rehearsed,
            told,
            suite=recorded_suite(cases),
            rows=rows,
            rubric_reason="its choices are the labels of the data" if rubric else "",
        )

    @property
    def labels(self) -> tuple[str, ...]:
        """The final labels people gave, as they are written, sorted."""
        return tuple(sorted(self.counts))
