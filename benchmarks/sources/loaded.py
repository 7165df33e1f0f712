"""What a source of cases amounts to."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.sources.labels import final_labels, suggested_rubric
from jury.providers.registry import is_rehearsal
from jury.records import Case


@dataclass(frozen=True)
class Loaded:
    """Cases, and what is known of them as a set.

    `labels` are the final labels people gave, sorted: all that occur in a folder's `gold.csv`, else those of the cases.
    `ballots` is the folder's file of recorded ballots. `rubric` names the shipped rubric that fits, None where none does.
    `rehearsal` is true where scripted models gave all the answers or the suite exists for rehearsals only.
    `problems` are sentences on missing files and unreadable rows that were passed over.
    """

    name: str
    cases: tuple[Case, ...]
    labels: tuple[str, ...] = ()
    ballots: Path | None = None
    rubric: str | None = None
    rehearsal: bool = False
    problems: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, name: str, cases: tuple[Case, ...], *, labels: tuple[str, ...] | None = None, ballots: Path | None = None
    ) -> "Loaded":
        """Cases read from files: labels, rubric and rehearsal follow from what they hold."""
        labels = final_labels(cases) if labels is None else labels
        targets = {case.target for case in cases}
        rehearsed = bool(targets) and all(is_rehearsal(target) for target in targets)
        return cls(name, cases, labels, ballots, suggested_rubric(labels), rehearsed)
